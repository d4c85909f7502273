"""Twenty numbers: a slider for each, a plane through them, and a walk between two drawings."""

import torch
from torch import Tensor

from labs import zoo
from labs.drawing.pad import Pad
from labs.generative.autoencoders.decoding import script
from labs.generative.autoencoders.nets import Codes, OnKind, codes_of
from labs.generative.autoencoders.numbers import view
from labs.generative.autoencoders.numbers.challenges import CHALLENGES
from labs.generative.autoencoders.numbers.controls import CONTROLS
from labs.generative.autoencoders.numbers.directions import most_different, split, two_numbers
from labs.generative.autoencoders.numbers.view import REACH
from labs.live import Frame
from labs.live.checks import number, numbers, restored, shown, whole
from labs.live.controls import Value
from labs.live.experiment import Event
from labs.zoo.reading import shares

FAR = 2 * REACH  # no number of a code lies further out
MOVES = ("slide", "type", "restore")


class Numbers(OnKind):
    """The code of the drawing, until a hand moves it."""

    name = "autoencoders.numbers"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("x", "ends", "z")
    on = OnKind.on | {("codes", "handle"): "move"} | {
        (panel, kind): "slide" for panel in ("first", "second") for kind in MOVES
    }  # fmt: skip
    quick = True

    def __init__(self) -> None:
        super().__init__()
        self.by_hand: Tensor | None = None  # the code, where a hand has moved it
        self._open()
        self._carpet: tuple[Tensor, Tensor] | None = None  # what the browser's carpet shows

    def show(self) -> Frame:
        """Return the sliders, the plane with its carpet, the pictures, and the walk."""
        frame, z, own, at = Frame(), self.z, self.own, self.directions
        codes, names = self.codes, self.kind.names
        middle, place = split(z, at)
        view.sliders(frame, z)
        cloud = torch.cat([at.T @ codes.mean.T, codes.labels[None].float()])
        view.plane(frame, cloud, place, at.T @ own, self.ends @ at, names)
        if not self._carpet_is(middle, at):
            view.background(frame, self.net.decode, middle, at)
            self._carpet = middle, at
            self.sent.add("codes")
        view.pictures(frame, self.net.decode, self.seen, z, own, self.ends)
        near = view.nearest(z, codes.mean, codes.labels, names)
        view.words(frame, z, own, codes.silent, near)
        frame.notes["idle"] = [] if self.settings["plane"] == "two" else ["across", "up"]
        frame.notes["hidden"] = [self.unused]
        self.pad.tell(frame)
        return frame

    @property
    def codes(self) -> Codes:
        """The codes of test pictures."""
        return codes_of(str(self.settings["net"]))

    def encode(self, x: Tensor) -> Tensor:
        """Return the mean code of a picture (1, 1, 28, 28), (1, 20)."""
        return self.net.encode(x)[0].clamp(-REACH, REACH)

    @property
    def own(self) -> Tensor:
        """The drawing's code, (20,)."""
        return self.encode(self.seen)[0]

    @property
    def z(self) -> Tensor:
        """The code that is decoded, (20,)."""
        return self.own if self.by_hand is None else self.by_hand

    @property
    def directions(self) -> Tensor:
        """The two directions of the plane, (20, 2)."""
        s = self.settings
        if s["plane"] == "two":
            return two_numbers(int(s["across"]) - 1, int(s["up"]) - 1, self.net.latent)
        return most_different(self.codes.mean)

    def drawn(self) -> None:
        """Follow another drawing: its code is decoded."""
        self.back()

    def back(self) -> None:
        """Decode the drawing's own code again."""
        self.by_hand = None
        self.settings["walk"] = 0.0

    def slide(self, event: Event) -> None:
        """Set one number of the code, or all that a browser kept."""
        if event.get("kind") == "restore":
            moves = restored(event.get("values"))
        else:
            moves = [(event.get("name"), event.get("value"))]
        names = [f"z{k + 1}" for k in range(self.net.latent)]
        z = self.z.clone()
        for name, value in moves:
            if name not in names:
                raise ValueError(f"The code has no number {shown(name)}.")
            z[names.index(name)] = number(value, -FAR, FAR, "A number of the code")
        self.by_hand = z

    def move(self, event: Event) -> None:
        """Move z along the plane."""
        whole(event.get("index"), 0, 0, "A handle")
        place = [number(event.get(k), -REACH, REACH, "A place") for k in ("x", "y")]
        at = self.directions
        middle, _ = split(self.z, at)
        self.by_hand = middle + at @ torch.tensor(place)

    def keep(self, end: str) -> None:
        """Make the drawing one end of the walk."""
        self.ends = self.ends.clone()
        self.ends["AB".index(end)] = self.own

    def changed(self, name: str, before: Value) -> None:
        """Follow a setting: another net has other codes; on the walk z goes from A to B."""
        if name == "net" and before != self.settings[name]:
            self._open()
            self.back()
        elif name == "walk":
            self.by_hand = torch.lerp(self.ends[0], self.ends[1], self.settings["walk"])

    def evidence(self) -> tuple:
        """Return z, the drawing's code, LeNet's shares of the drawing's picture, of z's and of both
        ends' (4, 10), the ends, whether an end is of a drawing that the visitor chose, and
        whether the net is the one of digits.
        """
        codes = torch.cat([self.own[None], self.z[None], self.ends])
        mine, digits = not torch.equal(self.ends, self.fresh), self.settings["net"] == "digits"
        return self.z, self.own, shares(self.net.decode(codes)), self.ends, mine, digits

    def to_link(self) -> dict[str, str]:
        """Return the drawing, the ends of the walk, and the code that a hand has moved."""
        ends = "" if torch.equal(self.ends, self.fresh) else written(self.ends)
        z = "" if self.by_hand is None else written(self.by_hand)
        return super().to_link() | {"ends": ends, "z": z}

    def from_link(self, name: str, text: str) -> None:
        """Take the drawing, the ends or the code of a link."""
        k = self.net.latent
        if name == "ends":
            self.ends = torch.tensor(numbers(text, 2 * k, -FAR, FAR)).view(2, k)
        elif name == "z":
            self.by_hand = torch.tensor(numbers(text, k, -FAR, FAR))
        else:
            self.pad.receive({"kind": "link", "value": text})

    def script(self) -> str:
        """Return a script that decodes z."""
        return script(self.kind.net, self.z.tolist())

    def _open(self) -> None:
        """Load the net, and put up the drawings with which it opens; the visitor's own stays."""
        self.net = zoo.load(self.kind.net)
        self.put_up()
        codes = []
        for strokes in self.kind.examples[1:]:
            pad = Pad("x")
            pad.draw(strokes)
            codes.append(self.encode(self.kind.seen(pad)))
        self.ends = self.fresh = torch.cat(codes)

    def _carpet_is(self, middle: Tensor, directions: Tensor) -> bool:
        """Whether the browser has the carpet of this plane."""
        if "codes" not in self.sent or self._carpet is None:
            return False
        pairs = zip(self._carpet, (middle, directions), strict=True)
        return all((a - b).abs().max() < 1e-4 for a, b in pairs)


def written(values: Tensor) -> str:
    """Return numbers as a link holds them."""
    return ",".join(f"{v:.9g}" for v in values.flatten().tolist())
