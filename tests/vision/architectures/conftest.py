from tests.scripts import printed

__all__ = ["printed"]  # a fixture
