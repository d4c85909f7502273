"""The 2-D part of the lab: one kernel under the hand, one picture, and every number between."""

from collections.abc import Callable, Mapping

from torch import Tensor

from labs.live import Frame
from labs.live.checks import number, places
from labs.live.controls import Value
from labs.live.lab import ANY, Lab
from labs.pictures import jpeg
from labs.vision.convolution import kernels
from labs.vision.convolution.pictures import READABLE
from labs.vision.convolution.plane import view
from labs.vision.convolution.plane.answer import Answer
from labs.vision.convolution.plane.challenges import CHALLENGES
from labs.vision.convolution.plane.controls import CONTROLS, WAVELENGTH
from labs.vision.convolution.plane.export import script
from labs.vision.convolution.plane.filtering import Setting
from labs.vision.convolution.plane.subject import Subject
from labs.vision.convolution.received import FARTHEST, LARGEST, edited, pointed

FIRST = (230, 268)  # the output pixel that is explained at first
SHAPED = ("preset", "size", "sigma", "wavelength", "angle")  # settings that make another kernel


class Filter(Lab):
    """One kernel over one picture; both may be changed while the other moves."""

    name = "convolution"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("kernel", "x", "at")
    undoable = True
    on = {
        ("x", ANY): "draw",
        ("kernel", "edit"): "edit",
        ("response", "handle"): "turn_wave",
        ("input", "hover"): "point", ("input", "click"): "click",
        ("output", "hover"): "point", ("output", "click"): "click",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.subject = Subject()
        self.pad = self.subject.pad
        self._answer = Answer()
        self.at = self.clicked = FIRST  # the output pixel whose arithmetic is shown
        self._pictures: dict[str, Tensor] = {}  # those that the browser has
        self._build()

    def show(self) -> Frame:
        """Return the picture, the kernel, the output, and how one pixel of it was made."""
        answer, s = self.answer, self.settings
        x, y = answer.x, answer.output
        frame = Frame(
            maps={"response": kernels.response(self.kernel)[None]}, values={"kernel": self.kernel}
        )
        for name, image in (("input", x), ("output", y)):
            if name in self.sent and self._pictures[name] is image:
                continue  # it stays in the browser until there is another
            self.sent.add(name)
            self._pictures[name] = image
            if name in view.photos(x, s["source"]):
                frame.images[name] = jpeg(image)
            else:
                frame.maps[name] = image
            if max(image.shape) <= READABLE:
                frame.values[name] = image
        view.describe(frame, answer, s, self.shape, self.pixel)
        if not answer.fault:
            view.explain_pixel(frame, answer, s["source"], self.pixel)
        self.pad.tell(frame)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another kernel, or a picture that the visitor must have brought."""
        if name in SHAPED:
            self._build()
        elif self.settings["source"] == "yours" and self.subject.mine is None:
            raise ValueError("Bring a picture first, by the button “Your photograph” above.")

    def draw(self, event: Mapping) -> None:
        """Take in what the pad sends; who draws wants to see the drawing filtered."""
        self.pad.receive(event)
        if event["kind"] == "stroke":
            self.settings["source"] = "drawing"

    def edit(self, event: Mapping) -> None:
        """Change one number of the kernel."""
        self._own(edited(self.kernel, event))

    def turn_wave(self, event: Mapping) -> None:
        """Give the Gabor kernel the wave whose frequency lies under the handle."""
        if self.settings["preset"] != "gabor":
            raise ValueError("Only a Gabor kernel has a wave to turn.")
        u, v = (number(event.get(key), 0, 1, f"A handle's {key}") for key in ("u", "v"))
        angle, wavelength = (round(value, 3) for value in kernels.wave_at(u, v))
        wavelength = min(WAVELENGTH.high, max(WAVELENGTH.low, wavelength))
        self.settings |= {"angle": angle, "wavelength": wavelength}
        self._build()

    def point(self, event: Mapping) -> None:
        """Choose the output pixel under the pointer, or the one that sees the input pixel there."""
        row, col = pointed(event)
        if event["panel"] == "input":
            row, col = (max(0, self.how.output_of(at, len(self.kernel))) for at in (row, col))
        self.at = (row, col)

    def click(self, event: Mapping) -> None:
        """Choose an output pixel; an address says which was clicked last."""
        self.point(event)
        self.clicked = self.at

    def normalise(self) -> None:
        """Divide the kernel by its sum, or where that is 0, by that of its sizes."""
        self._own(kernels.normalise(self.kernel))

    def turn(self) -> None:
        """Turn the kernel by 90 degrees."""
        self._own(self.kernel.rot90())

    def load_picture(self, x: Tensor) -> None:
        """Filter a visitor's own picture x: (1, C, H, W) in [0, 1]."""
        self.subject.load(x)
        self.settings["source"] = "yours"

    def remembered(self) -> Callable[[], None]:
        """Return a function that brings back settings and kernel; the pad has its own undo."""
        settings, kernel = dict(self.settings), self.kernel

        def bring_back() -> None:
            self.settings |= settings
            self.kernel = kernel

        return bring_back

    def settle(self) -> bool:
        """Compute in full what was computed for one cell while it moved."""
        return self.answer.settle()

    def evidence(self) -> tuple:
        """Return settings, and what is filtered with what comes out."""
        return self.settings, self.answer

    def to_link(self) -> dict[str, str]:
        """Return a kernel of the visitor's own, a drawing, and the pixel that was clicked."""
        own = self.settings["preset"] == "yours"
        return {
            "kernel": kernels.written(self.kernel) if own else "",
            "at": "" if self.clicked == FIRST else "{}.{}".format(*self.clicked),
        } | self.pad.address()

    def left_out(self) -> str:
        """Say where the visitor's own picture stays."""
        mine = "The picture that you brought stays here."
        return mine if self.settings["source"] == "yours" else self.pad.left_out()

    def from_link(self, name: str, text: str) -> None:
        """Take the kernel of a link, its drawing, or its pixel."""
        if name == "at":
            self.at = self.clicked = tuple(places(text, FARTHEST, FARTHEST))
        elif name == "x":
            self.pad.receive({"kind": "link", "value": text})
        else:
            self._own(kernels.read(text))

    def script(self) -> str:
        """Return the script for one kernel over one picture."""
        return script(self.kernel, self.how, self.settings, self.pad.picture)

    @property
    def shape(self) -> kernels.Shape:
        """What the kernels with a formula depend on now."""
        s = self.settings
        return kernels.Shape(s["size"], s["sigma"], s["angle"], s["wavelength"])

    @property
    def how(self) -> Setting:
        """How the kernel goes over the picture now."""
        s = self.settings
        return Setting(
            s["stride"], s["padding"], s["dilation"], s["mode"],
            s["flip"] == "convolution", s["way"] == "transposed",
        )  # fmt: skip

    @property
    def answer(self) -> Answer:
        """What is filtered and what comes out, computed once for each change."""
        self._answer.give(self.input(), self.kernel, self.how)
        return self._answer

    @property
    def pixel(self) -> tuple[int, int]:
        """The row and column of the output whose arithmetic is shown."""
        _, height, width = self.answer.output.shape
        return min(self.at[0], height - 1), min(self.at[1], width - 1)

    def input(self) -> Tensor:
        """Return what is filtered: (1, H, W) in grey, (3, H, W) in colour, in [0, 1]."""
        return self.subject.look(
            self.settings["source"], colour=self.settings["colour"] == "colour"
        )

    def _build(self) -> None:
        """Make the kernel (m, m) as the settings say; a visitor's own only changes its size."""
        name, m = self.settings["preset"], self.settings["size"]
        own = name == "yours"
        self.kernel = kernels.resize(self.kernel, m) if own else kernels.preset(name, self.shape)

    def _own(self, kernel: Tensor) -> None:
        """Take a kernel (m, m) of the visitor's own, which is not changed in place."""
        self.kernel = kernel.clamp(-LARGEST, LARGEST).contiguous()
        self.settings |= {"preset": "yours", "size": len(kernel)}
