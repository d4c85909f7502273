"""Search: how settings are found that train well.  `Search` is its experiment."""

from labs.basics.search.experiment import Search

__all__ = ["Search"]
