"""A visitor of the architectures page: downloads weights, brings their own, and brings others'."""

import hashlib
import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from streamlit.testing.v1 import AppTest

from labs.images import decode
from labs.models.imagenet import classes
from labs.models.squeezenet import SqueezeNet
from labs.vision.architectures.classify import LITE, classify, model_of
from labs.zoo import famous
from tests.sentences import is_one_sentence

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data" / "imagenet"
HERE = pytest.mark.skipif(not SHARED.exists(), reason="the weights lie beside the checkout")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def published(tmp_path, monkeypatch) -> Iterator[Path]:
    """Serve SqueezeNet's weights from an address of our own; the cache is empty."""
    state = torch.load(SHARED / "squeezenet1_1_fp16.pth", weights_only=True)
    buffer = io.BytesIO()
    torch.save({name: w.float() for name, w in state.items()}, buffer)
    data = buffer.getvalue()
    file = tmp_path / f"squeezenet1_1-{hashlib.sha256(data).hexdigest()[:8]}.pth"
    file.write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/{file.name}"
    entry = replace(famous.FAMOUS["squeezenet"], url=url, size=len(data))
    entries = dict(famous.FAMOUS) | {"squeezenet": entry}
    monkeypatch.setattr(famous, "FAMOUS", entries)
    monkeypatch.setenv("GLASSBOX_CACHE", str(tmp_path / "cache"))
    famous.load.cache_clear()
    yield file
    server.shutdown()
    server.server_close()
    famous.load.cache_clear()


@pytest.fixture
def page(monkeypatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    at = AppTest.from_file(str(ROOT / "pages" / "index.py"), default_timeout=60).run()
    at.query_params["architectures.part"] = "classify a photo"
    at = at.switch_page("vision/architectures.py").run()
    return at.selectbox(key="photo.net").set_value("squeezenet").run()


def press(at: AppTest) -> AppTest:
    """Press the button that downloads."""
    (button,) = (b for b in at.button if b.label.startswith("Download SqueezeNet"))
    return button.click().run()


@HERE
def test_the_download_ends_in_an_answer(published, page):
    (said,) = page.warning
    assert "not on this machine" in said.value
    assert page.session_state["photo:session"].experiment.net == LITE  # as before
    at = press(page)
    assert not at.exception
    assert not at.warning
    assert famous.present("squeezenet")
    lab = at.session_state["photo:session"].experiment
    assert lab.net == "squeezenet"
    assert "espresso" in lab.frame().notes["labels"]["says"]  # it is a coffee


@HERE
def test_offline_the_page_says_one_sentence_and_offers_again(published, page):
    published.unlink()
    at = press(page)
    assert not at.exception
    sentences = [one.value for one in at.warning]
    assert len(sentences) == 2  # not here yet, and why the download failed
    assert all(is_one_sentence(sentence) for sentence in sentences)
    assert not famous.present("squeezenet")
    assert any(b.label.startswith("Download SqueezeNet") for b in at.button)


@HERE
def test_a_file_of_their_own_names_46_of_60_photos():
    state = torch.load(SHARED / "squeezenet1_1_fp16.pth", weights_only=True)
    model, names, side = model_of("squeezenet", save(state))
    assert names == classes()
    lines = (SHARED / "imagenet_classes.txt").read_text().splitlines()
    simple = [line.lower().replace("'", "").replace(" ", "_").replace("-", "_") for line in lines]
    right, photos = 0, sorted((SHARED / "samples").glob("*.JPEG"))
    for photo in photos:
        label = photo.stem.split("_", 1)[1].lower().replace("'", "").replace("-", "_")
        seen = classify(model, decode(photo.read_bytes()), names, side)
        right += names.index(seen.names[0]) == simple.index(label)
    assert (right, len(photos)) == (46, 60)


def test_weights_of_another_network_are_listed(page):
    other = {name: w for name, w in SqueezeNet().state_dict().items() if "features.0" not in name}
    with pytest.raises(ValueError, match="2 differences") as fault:
        model_of("squeezenet", save(other))
    assert len(fault.value.lines) == 2
    assert all(line.startswith("missing: features.0.") for line in fault.value.lines)
