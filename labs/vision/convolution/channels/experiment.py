"""Many channels: a photograph as a volume, a bank of kernels through it, and the stack of maps."""

from collections.abc import Mapping

from labs.live import Frame
from labs.live.checks import places, whole
from labs.live.controls import Value
from labs.live.lab import ANY, Lab
from labs.pictures import jpeg
from labs.vision.convolution.channels import view
from labs.vision.convolution.channels.challenges import CHALLENGES
from labs.vision.convolution.channels.controls import CONTROLS, WAY
from labs.vision.convolution.channels.layer import Layer
from labs.vision.convolution.channels.volume import depthwise, pointwise
from labs.vision.convolution.channels.weights import COLOURS, Weights
from labs.vision.convolution.export import assemble, photo
from labs.vision.convolution.pictures import shrunk
from labs.vision.convolution.received import FARTHEST, pointed

SIDE = 128  # pixels
MOST = 24  # tiles of a stack or a bank
FIRST = (0, 64, 64)  # map, row and column that are explained at first
SCRIPT = """
BANK = torch.tensor({bank})
WITHIN = torch.tensor({within})
MIX = torch.tensor({mix})
y = {call}
print("shape", tuple(y.shape))
for k, one in enumerate(y[0], 1):
    print(f"map {{k}}: mean {{one.mean():.6f}}  std {{one.std():.6f}}")
"""
CALLS = {
    "bank": "convolve(x, BANK, **{how})",
    "depthwise": "depthwise(x, WITHIN, **{how})",
    "pointwise": "pointwise(x, MIX, **{how})",
    "separable": "pointwise(depthwise(x, WITHIN, **{how}), MIX)",
}


class Channels(Lab):
    """A volume under a bank of kernels of which every number can be dragged."""

    name = "convolution.channels"
    controls = CONTROLS
    challenges = CHALLENGES
    links = ("kernels", "at")
    undoable = True
    on = {
        (ANY, "edit"): "edit",
        ("bank", "click"): "choose_kernel",
        ("cost", "click"): "choose_way",
        ("stack", "click"): "choose_cell",
    }

    def __init__(self) -> None:
        super().__init__()
        self.weights = Weights(3)
        self._chosen, *self.at = FIRST

    @property
    def layer(self) -> Layer:
        """The picture under the kernels of now."""
        s = self.settings
        how = {name: s[name] for name in ("way", "maps", "size", "stride", "padding")}
        return Layer(shrunk(s["source"], SIDE), self.weights, **how)

    @property
    def chosen(self) -> int:
        """The map whose kernel can be edited."""
        return min(self._chosen, self.layer.count - 1)

    def show(self) -> Frame:
        """Return the volume, the kernels, the stack of maps, the sum of one cell, and the costs."""
        layer, chosen, source = self.layer, self.chosen, self.settings["source"]
        cell = min(self.at[0], layer.side - 1), min(self.at[1], layer.side - 1)
        tiles = self.weights.tiles(layer.way, layer.maps)
        frame = Frame(
            maps={"stack": layer.y[0], "bank": tiles},
            values={"mix": self.weights.mix[: layer.maps]},
            notes=view.notes(layer, self.settings["scale"], chosen, cell),
        )
        if source not in self.sent:
            self.sent = {source}
            frame.images["photo"] = jpeg(layer.x[0])
            frame.maps["volume"] = layer.x[0]
        slices = self.weights.slices(layer.way, chosen)
        if slices is not None:
            frame.values |= dict(zip(COLOURS, slices, strict=True))
        view.explain_cell(frame, layer, chosen, cell)
        return frame

    def changed(self, name: str, before: Value) -> None:
        """Follow the kernels' size."""
        self.weights.resize(self.settings["size"])

    def again(self) -> None:
        """Begin again with the first kernels."""
        self.weights = Weights(self.settings["size"])

    def edit(self, event: Mapping) -> None:
        """Change one number of a slice or of the mixture."""
        self.weights.edit(self.settings["way"], self.chosen, self.settings["maps"], event)

    def choose_kernel(self, event: Mapping) -> None:
        """Choose the map whose kernel was clicked; of kernels that all maps share there is none."""
        unit = whole(event.get("unit"), 0, MOST - 1, "A tile")
        if self.settings["way"] in ("bank", "pointwise"):
            self._chosen = unit // 3

    def choose_way(self, event: Mapping) -> None:
        """Choose the way whose cost was clicked."""
        unit = whole(event.get("unit"), 0, len(WAY.keys), "A row")
        self.settings["way"] = WAY.keys[min(unit, len(WAY.keys) - 1)]

    def choose_cell(self, event: Mapping) -> None:
        """Choose a map and one of its cells."""
        self._chosen, self.at = whole(event.get("unit"), 0, MOST - 1, "A tile"), pointed(event)

    def evidence(self) -> tuple:
        """Return the picture under its kernels, and the map whose kernel is edited."""
        return self.layer, self.chosen

    def to_link(self) -> dict[str, str]:
        """Return the numbers that are the visitor's own, and the map and cell that are chosen."""
        at = (self._chosen, *self.at)
        return {
            "kernels": self.weights.text,
            "at": "" if at == FIRST else ".".join(map(str, at)),
        }

    def from_link(self, name: str, text: str) -> None:
        """Take the numbers of a link, or its map and cell."""
        if name == "at":
            self._chosen, *self.at = places(text, MOST - 1, FARTHEST, FARTHEST)
        else:
            self.weights.read(text)

    def script(self) -> str:
        """Return the script for the volume and what its kernels make of it."""
        layer, w = self.layer, self.weights
        body = photo(self.settings["source"], SIDE) + SCRIPT.format(
            bank=w.bank[: layer.maps].tolist(), within=w.within.tolist(),
            mix=w.mix[: layer.maps].tolist(), call=CALLS[layer.way].format(how=layer.how),
        )  # fmt: skip
        return assemble("A volume and a bank of kernels", (depthwise, pointwise), body)
