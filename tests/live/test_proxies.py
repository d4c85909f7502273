"""Proxies: who is trusted, and whose address a visitor has."""

import pytest

from labs.live.proxies import PRIVATE, is_trusted, networks, resolved


def scope(client: tuple[str, int] | None, **headers: str) -> dict:
    named = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return {"type": "websocket", "client": client, "headers": named}


def test_this_machine_and_private_networks_are_trusted_by_default():
    inside = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.9.8.7", "192.168.1.1", "fd00::1", None]
    outside = ["8.8.8.8", "::ffff:8.8.8.8", "172.32.0.1", "2001:db8::1", "testclient", "", "10.9.8"]
    assert [p for p in inside if not is_trusted(p, networks(PRIVATE))] == []
    assert [p for p in outside if is_trusted(p, networks(PRIVATE))] == []


def test_a_setting_names_who_is_trusted_instead():
    trusted = networks(" 203.0.113.5, 2001:db8::/32 ,")
    assert is_trusted("203.0.113.5", trusted)
    assert is_trusted("2001:db8::7", trusted)
    assert not is_trusted("127.0.0.1", trusted)
    assert not is_trusted("127.0.0.1", networks(""))
    for wrong in ("proxy.example", "10.0.0.1/8", "*"):
        with pytest.raises(ValueError, match="GLASSBOX_TRUSTED_PROXIES"):
            networks(wrong)


ADDRESSES = [  # the peer, what it forwards, the visitor
    ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
    ("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),  # the first is invented
    ("10.0.0.1", "192.168.7.7, 10.0.0.2", "192.168.7.7"),  # a class behind its own proxy
    ("8.8.8.8", "198.51.100.7", "8.8.8.8"),
    ("198.51.100.7", "198.51.100.7, 10.0.0.2", "198.51.100.7"),  # the server put it there
    ("10.0.0.1", "", "10.0.0.1"),
]


def test_a_visitor_has_the_last_address_that_no_trusted_proxy_has(subtests):
    for peer, forwarded, visitor in ADDRESSES:
        with subtests.test(f"{peer} {forwarded}"):
            found = resolved(scope((peer, 5), x_forwarded_for=forwarded), networks(PRIVATE))
            assert found["client"][0] == visitor


def test_a_proxy_counts_whose_address_the_server_replaced():
    """uvicorn trusts proxies on this machine, and then their address is nowhere in the scope."""
    said = {"host": "lab.example", "origin": "http://lab.example:8080"}
    for client in (("198.51.100.7", 0), None):
        forwarded = {"x_forwarded_for": "198.51.100.7"} if client else {}
        found = resolved(scope(client, **said, **forwarded), networks(PRIVATE))
        assert dict(found["headers"])[b"host"] == b"lab.example:8080"
    untouched = scope(("198.51.100.7", 9), **said)
    assert resolved(untouched, networks(PRIVATE)) == untouched
