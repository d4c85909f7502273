"""Digits spoken into a microphone of Chromium's that plays a file: they are heard as they come."""

import json
import shutil
import wave
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, expect
from scipy.signal import resample_poly

from labs.live.pace import RATE
from labs.sequences.speech.sounds import spell
from tests.e2e.lab import FLAGS, Lab
from tests.e2e.server import Server

HERTZ = 48_000
SPOKEN = "9135"


def recording(path: Path) -> None:
    """Write digits and a long silence, since Chromium plays the file again and again."""
    samples = resample_poly(spell(SPOKEN, 1, 0.15).numpy(), HERTZ // 8_000, 1)
    samples = np.concatenate([samples, np.zeros(8 * HERTZ)]).clip(-1, 1)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HERTZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())


def test_spoken_digits_are_heard_and_are_sent_no_faster_than_the_server_reads(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    recording(tmp_path / "spoken.wav")
    flags = [
        *FLAGS, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={tmp_path / 'spoken.wav'}",
    ]  # fmt: skip
    chromium = shutil.which("chromium")
    speaking = browser.browser_type.launch(executable_path=chromium, args=flags)
    lab = Lab(speaking.new_page(), server.url)
    pieces: list[tuple[int, int]] = []  # characters, samples a second

    def sent(text: str | bytes) -> None:
        if isinstance(text, str) and '"sound"' in text:
            events = json.loads(text)["events"]
            pieces.extend((len(e["data"]), e["rate"]) for e in events if e.get("kind") == "sound")

    lab.page.on("websocket", lambda socket: socket.on("framesent", sent))
    lab.open(path="speech")
    lab.page.get_by_role("button", name="● speak").click()
    words = lab.panel("answer")
    try:
        expect(words).to_contain_text(" ".join(SPOKEN), timeout=20_000)
        lab.page.get_by_role("button", name="■ stop").click()
        expect(lab.page.get_by_role("button", name="● speak")).to_be_visible()
    finally:
        speaking.close()
    assert not lab.complaints()
    rates = {rate for _, rate in pieces}
    assert len(rates) == 1
    seconds = sum(size * 3 / 4 / 2 for size, _ in pieces) / rates.pop()
    assert seconds > 1
    assert sum(size for size, _ in pieces) / seconds < 0.9 * RATE
