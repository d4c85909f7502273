"""Downloads: checked before they get their name, and nothing left when they fail."""

import hashlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from labs.data import download
from labs.data.download import BLOCK, fetch
from tests.sentences import is_one_sentence

BODY = bytes(range(256)) * 3000  # three blocks
SHA = hashlib.sha256(BODY).hexdigest()


class Handler(BaseHTTPRequestHandler):
    """Serves BODY in several honest and dishonest ways."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        if self.path == "/missing":
            self.send_error(404)
            return
        if self.path == "/noise":
            self.wfile.write(b"what is HTTP?\r\n\r\n")
            return
        self.send_response(200)
        if self.path == "/chunks":  # promises more than it sends
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"ffff\r\n" + BODY[:1000])
            return
        endless = self.path == "/endless"
        self.send_header("Content-Length", str(len(BODY) * (1000 if endless else 1)))
        self.end_headers()
        if self.path == "/short":
            self.wfile.write(BODY[:-5000])
        else:
            try:
                for _ in range(1000 if endless else 1):
                    self.wfile.write(BODY)
            except OSError:
                pass

    def log_message(self, *_) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


@pytest.fixture
def target(tmp_path) -> Path:
    return tmp_path / "deep" / "file.gz"


def files(target: Path) -> list[str]:
    return sorted(f.name for f in target.parent.glob("*")) if target.parent.exists() else []


def refused(url: str, target: Path, sha256: str = SHA) -> None:
    with pytest.raises(ValueError) as caught:
        list(fetch(url, sha256, len(BODY), target))
    assert is_one_sentence(str(caught.value)), str(caught.value)
    assert target.name in str(caught.value)
    assert files(target) == []


def test_the_right_file_is_kept_and_its_progress_told(server, target):
    told = list(fetch(f"{server}/good", SHA, len(BODY), target))
    assert target.read_bytes() == BODY
    assert files(target) == [target.name]
    assert [p.done for p in told] == sorted({p.done for p in told})
    assert told[-1].done == told[-1].total == len(BODY)
    assert len(told) >= len(BODY) // BLOCK


def test_a_file_that_is_here_is_not_fetched_again(target):
    target.parent.mkdir()
    target.write_bytes(BODY)
    told = list(fetch("http://127.0.0.1:1/never", SHA, len(BODY), target))
    assert told[-1].done == told[-1].total
    assert target.read_bytes() == BODY


def test_a_wrong_file_of_that_name_is_replaced(server, target):
    target.parent.mkdir()
    target.write_bytes(BODY[:-1])
    list(fetch(f"{server}/good", SHA, len(BODY), target))
    assert target.read_bytes() == BODY


def test_who_comes_during_a_download_waits_for_it(server, target, monkeypatch):
    monkeypatch.setattr(download, "POLL", 0.01)
    first = fetch(f"{server}/good", SHA, len(BODY), target)
    assert 0 < next(first).done < len(BODY)
    second = fetch("http://127.0.0.1:1/never", SHA, len(BODY), target)
    assert all(next(second).done < len(BODY) for _ in range(3))
    list(first)
    assert list(second)[-1].done == len(BODY)
    assert target.read_bytes() == BODY
    assert files(target) == [target.name]


def test_many_who_come_together_get_one_whole_file(server, target):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: list(fetch(f"{server}/good", SHA, len(BODY), target)), range(8)))
    assert target.read_bytes() == BODY
    assert files(target) == [target.name]


def test_a_download_that_was_given_up_lets_the_next_one_begin(server, target):
    first = fetch(f"{server}/good", SHA, len(BODY), target)
    next(first)
    first.close()
    list(fetch(f"{server}/good", SHA, len(BODY), target))
    assert target.read_bytes() == BODY


def test_a_wrong_checksum_leaves_nothing(server, target):
    refused(f"{server}/good", target, sha256="0" * 64)


@pytest.mark.parametrize("path", ["missing", "short", "chunks", "noise", "endless"])
def test_a_bad_answer_is_one_sentence_and_leaves_nothing(server, target, path):
    refused(f"{server}/{path}", target)


@pytest.mark.parametrize("host", ["127.0.0.1:{free}", "no-such-host.invalid"])
def test_no_network_is_one_sentence_and_leaves_nothing(target, host):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    refused(f"http://{host.format(free=free)}/x", target)


def test_a_download_given_up_half_way_leaves_nothing(server, target):
    progress = fetch(f"{server}/good", SHA, len(BODY), target)
    assert 0 < next(progress).done < len(BODY)
    progress.close()
    assert files(target) == []


def test_a_folder_that_cannot_be_made_is_one_sentence(server, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ValueError) as caught:
        list(fetch(f"{server}/good", SHA, len(BODY), tmp_path / "file" / "x.gz"))
    assert is_one_sentence(str(caught.value))


def test_the_cache_folder_can_be_chosen(monkeypatch, tmp_path):
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    assert download.path("a", "b.gz") == tmp_path / "a" / "b.gz"
    monkeypatch.delenv("GLASSBOX_CACHE")
    assert download.path("a").parts[-2:] == ("glassbox", "a")
