"""The server of the end-to-end tests leaves nothing behind."""

import pytest

from tests.e2e.server import Server


def test_a_server_takes_its_folder_away(monkeypatch):
    """Its log is there while it runs; one that did not start leaves no folder either."""
    with monkeypatch.context() as patch:
        patch.setattr(Server, "_healthy", lambda server: True)
        with Server() as server:
            assert server.log.exists()
    assert server.process is None
    assert not server.log.parent.exists()
    broken = Server(module="tests.nothing")
    with pytest.raises(RuntimeError, match="did not start"), broken:
        pass
    assert not broken.log.parent.exists()
