"""The published weights over real HTTP: whole, damaged, missing, cut short, silent."""

import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import torch

from labs.models.squeezenet import SqueezeNet
from labs.zoo import famous
from tests.sentences import is_one_sentence

PIECES = 8  # of the file, with a pause between them, so that there is progress to see


class Files(BaseHTTPRequestHandler):
    """Serves one file in pieces, in the way that the path asks for."""

    def __init__(self, data: bytes, hold: threading.Event, *args) -> None:
        self.data, self.hold = data, hold
        super().__init__(*args)

    def do_GET(self) -> None:
        way = self.path.split("/")[1]
        if way == "missing":
            return self.send_error(404)
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.data)))
        self.end_headers()
        size = -(-len(self.data) // PIECES)
        for k in range(0, len(self.data), size):
            if way in ("short", "silent") and k > len(self.data) // 2:
                self.hold.wait(0 if way == "short" else 30)
                return None
            piece = self.data[k : k + size]
            self.wfile.write(piece[:-1] + b"?" if way == "damaged" and k == 0 else piece)
            self.hold.wait(0.05)
        return None

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def weights() -> tuple[bytes, SqueezeNet]:
    generator = torch.Generator().manual_seed(0)
    model = SqueezeNet().eval()
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=generator) * 0.03)
    buffer = io.BytesIO()
    torch.save(model.state_dict(), buffer)
    return buffer.getvalue(), model


@pytest.fixture
def address(weights, tmp_path, monkeypatch) -> Iterator[partial]:
    """Give the address of SqueezeNet's weights on a server of our own, fetched in some way."""
    data, hold = weights[0], threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, data, hold))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path))
    famous.load.cache_clear()

    def publish(way: str) -> None:
        digest = hashlib.sha256(data).hexdigest()[:8]
        url = f"http://127.0.0.1:{server.server_port}/{way}/squeezenet1_1-{digest}.pth"
        entry = replace(famous.FAMOUS["squeezenet"], url=url, size=len(data))
        monkeypatch.setattr(famous, "FAMOUS", {"squeezenet": entry})

    yield publish
    hold.set()
    server.shutdown()
    server.server_close()
    famous.load.cache_clear()


def test_the_weights_arrive_with_progress_and_are_the_networks(address, weights, rng):
    address("whole")
    reports = list(famous.fetch("squeezenet"))
    done = [report.done for report in reports]
    assert done == sorted(done)
    assert any(0 < n < len(weights[0]) for n in done)
    assert done[-1] == reports[-1].total == len(weights[0])
    x = torch.rand(1, 3, 224, 224, generator=rng)
    with torch.no_grad():
        torch.testing.assert_close(famous.load("squeezenet")(x), weights[1](x))


@pytest.mark.parametrize(
    ("way", "said"),
    [("damaged", "wrong checksum"), ("missing", "the server answers 404"),
     ("short", "arrived damaged"), ("silent", "no way to the network")],
)  # fmt: skip
def test_a_download_that_fails_is_one_sentence_and_leaves_nothing(address, way, said, monkeypatch):
    monkeypatch.setattr("labs.data.download.TIMEOUT", 1.0)
    address(way)
    with pytest.raises(ValueError, match=said) as fault:
        list(famous.fetch("squeezenet"))
    assert is_one_sentence(str(fault.value))
    assert not famous.present("squeezenet")
    with pytest.raises(ValueError, match="not on this machine"):
        famous.load("squeezenet")
