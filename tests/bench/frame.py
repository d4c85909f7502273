"""What the server does for one frame of the digit lab, from the drawing to the message."""

from collections.abc import Callable, Iterator

from labs.live import encode
from labs.vision.digit import Digit
from tests.bench.measure import Row, interleaved

FIRST_SCREEN = ["network", "inspect", "challenges"]  # the cards in sight when the page opens
ALL = [*FIRST_SCREEN, "kernels", "distortions", "readers"]


def a_lab(visible: list[str]) -> Digit:
    """Return the lab with some cards in sight and a browser that knows the drawing."""
    lab = Digit()
    lab.receive({"setting": "visible", "value": visible})
    lab.receive({"panel": "x", "kind": "sample", "value": 3})
    lab.frame()
    return lab


def stroke(lab: Digit) -> Callable[[], bytes]:
    """Return what one update of a moving hand asks for: points in, a message out."""
    count = 0

    def update() -> bytes:
        nonlocal count
        count += 1
        place = [200 + count % 50, 100 + 5 * count % 300]
        begin = count % 200 == 1
        if begin:
            lab.receive({"panel": "x", "kind": "clear"})
        lab.receive({"panel": "x", "kind": "stroke", "begin": begin, "points": [place]})
        return encode(lab.frame(), version=count)

    return update


def rows() -> Iterator[Row]:
    """Time a frame, its encoding, and both with the events that lead to it."""
    lab, whole = a_lab(FIRST_SCREEN), a_lab(ALL)
    frame = lab.frame()

    def hot() -> bytes:
        lab.pad.changes += 1  # so that nothing is remembered from the frame before
        return encode(lab.frame(), version=1)

    ms = interleaved(
        {
            "encode": lambda: encode(frame, version=1),
            "hot": hot,
            "stroke": stroke(a_lab(FIRST_SCREEN)),
            "whole": stroke(whole),
        }
    )
    yield Row("encode one frame", ms["encode"], "ms")
    yield Row("drawing read, passes, notes, encoding", ms["hot"], "ms")
    yield Row("stroke in, message out, first screen", ms["stroke"], "ms")
    yield Row("stroke in, message out, every card in sight", ms["whole"], "ms")
    yield Row("size of one message", len(hot()) / 1e3, "kB")
