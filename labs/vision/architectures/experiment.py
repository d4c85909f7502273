"""The architectures lab's experiment: one or two networks, unfolded as far as you like."""

import math
from collections.abc import Mapping

from torch import nn

from labs.challenges import met
from labs.live import Frame
from labs.live.checks import option, rounded, shown
from labs.vision.architectures.blocks import blocks, find
from labs.vision.architectures.catalogue import NETS, shell, surveyed
from labs.vision.architectures.challenges import CHALLENGES
from labs.vision.architectures.layer import Layer
from labs.vision.architectures.survey import Survey

NONE = "none"
SIDES = (1, 512)  # pixels
PANELS = {"left": "net", "right": "beside"}  # panel: the setting that says which network it shows
FIRST = {"alexnet": ("features",), "lenet": ()}  # what is unfolded when a network is opened


class Architectures:
    """Networks surveyed at an input size that may be dragged."""

    def __init__(self) -> None:
        self.settings: dict[str, str | float] = {"net": "alexnet", "beside": NONE, "side": 224}
        self.unfolded: dict[str, set[str]] = {name: set(FIRST.get(name, ())) for name in NETS}
        self.selected: dict[str, str] = {"left": "features.0", "right": ""}
        self.panel = "left"  # whose selected block is explained
        self.met: set[str] = set()

    # the three verbs

    def receive(self, event: Mapping) -> None:
        """Take in a clicked block or a setting.  Raises ValueError in one sentence."""
        name, value = event.get("setting"), event.get("value")
        if event.get("kind") == "block":
            self._click(event)
        elif name in ("net", "beside"):
            self._choose(str(name), value)
        elif name == "side":
            self.settings["side"] = rounded(value, *SIDES, "The input's side")
        elif name in ("unfold", "fold"):
            self._all(name == "unfold")
        elif name != "visible":
            raise ValueError(f"The architectures lab has no setting {shown(name)}.")

    def nets(self) -> list[str]:
        """Return the names of the networks on the stage."""
        return [str(self.settings[s]) for s in PANELS.values() if self.settings[s] != NONE]

    def step(self) -> bool:
        """Nothing here goes on by itself."""
        return False

    def frame(self) -> Frame:
        """Return the blocks, and what the chosen one is made of."""
        notes: dict = {"settings": self.settings, "titles": {}}
        for panel in PANELS:
            seen = self.seen(panel)
            if seen is None:
                continue
            name = str(self.settings[PANELS[panel]])
            notes[panel] = {
                "blocks": blocks(seen, self.unfolded[name], self.selected[panel]),
                "fault": seen.fault,
                "input": [NETS[name].channels, *(int(self.settings["side"]),) * 2],
            }
            notes["titles"][panel] = self.summary(panel)
        notes["arithmetic"] = self.explanation()
        notes["say"] = self.summary("left")
        self.met = met(CHALLENGES, self.met, self)
        notes["met"] = sorted(self.met)
        return Frame(notes=notes)

    # what page and tests ask for

    def seen(self, panel: str) -> Survey | None:
        """Return the survey of the network in a panel; None if there is no network."""
        name = str(self.settings[PANELS[panel]])
        return None if name == NONE else surveyed(name, int(self.settings["side"]))

    def summary(self, panel: str) -> str:
        """Return the totals of a panel's network in a few words."""
        seen = self.seen(panel)
        if seen is None:
            return ""
        net = shell(str(self.settings[PANELS[panel]]))
        parameters = sum(p.numel() for p in net.parameters())
        if seen.fault:
            return f"{parameters:,} parameters; it breaks at {seen.at or 'the input'}"
        largest = max((one.field.reach for one in seen.layers), default=1)
        return (
            f"{parameters:,} parameters, {count(seen.macs)} multiply-adds, "
            f"{memory(seen)} of activations, a unit sees up to {largest:,.0f} pixels"
        )

    def explanation(self) -> dict:
        """Return how the numbers of the selected block come about."""
        seen, path = self.seen(self.panel), self.selected[self.panel]
        layers = find(seen, path) if seen and path else []
        if not layers:
            text = "Click a block: a module unfolds, a layer shows how its numbers come about."
            return told("No layer chosen", text, seen.fault if seen else "")
        net = NETS[str(self.settings[PANELS[self.panel]])]
        layer = layers[-1]
        if len(layers) > 1:
            total = sum(one.parameters for one in layers)
            text = f"{len(layers)} operations, {total:,} parameters."
            return told(f"{net.title} · {path}", text, f"output {dims(layer.shape)}")
        return told(f"{net.title} · {layer.name or layer.kind}", reason(layer), arithmetic(layer))

    # helpers

    def _choose(self, setting: str, value: object) -> None:
        options = tuple(NETS) if setting == "net" else (*NETS, NONE)
        before = self.settings[setting]
        self.settings[setting] = option(value, options, "The network")
        if value == before:
            return
        self.selected["left" if setting == "net" else "right"] = ""
        if setting == "net":
            self.settings["side"] = NETS[str(value)].side

    def _click(self, event: Mapping) -> None:
        panel, path = event.get("panel"), event.get("path")
        if panel not in PANELS or not isinstance(path, str):
            raise ValueError("A click names a panel and a block.")
        seen = self.seen(panel)
        if seen is None or not find(seen, path):
            raise ValueError(f"There is no block {path[:40]!r} in this network.")
        self.panel, self.selected[panel] = panel, path
        if len(find(seen, path)) > 1 or (find(seen, path)[0].name != path and "#" not in path):
            self.unfolded[str(self.settings[PANELS[panel]])] ^= {path}

    def _all(self, unfold: bool) -> None:
        for setting in PANELS.values():
            name = str(self.settings[setting])
            if name == NONE:
                continue
            inner = {path for path, module in shell(name).named_modules() if any(module.children())}
            self.unfolded[name] = inner - {""} if unfold else set()


def told(title: str, text: str, closing: str) -> dict:
    """Return plain text for the stage's `arithmetic` panel."""
    return {"form": "none", "title": title, "text": text, "sum": closing, "labels": [],
            "parts": [], "winner": 0, "ink": False}  # fmt: skip


def reason(layer: Layer) -> str:
    """Return what a layer is and what one of its units sees."""
    before = " and ".join(dims(shape) for shape in layer.inputs)
    sees = f"one unit sees {layer.field.reach:,.0f} × {layer.field.reach:,.0f} pixels of the input"
    return f"{layer.what or layer.kind}: {before} to {dims(layer.shape)}; {sees}."


def arithmetic(layer: Layer) -> str:
    """Return how the parameters and multiply-adds of a layer come about, with its numbers."""
    if layer.kind == "Conv2d":
        words = layer.what
        out, height, width = layer.shape[1:]
        taps = layer.macs // (out * height * width)
        bias = 0 if "bias=False" in words else out
        return (
            f"parameters {out} × {taps}{f' + {bias}' if bias else ''} = {layer.parameters:,};   "
            f"multiply-adds {height} × {width} × {out} × {taps} = {layer.macs:,}"
        )
    if layer.kind == "Linear":
        out = layer.shape[-1]
        inputs = layer.macs // out
        bias = layer.parameters - inputs * out
        return (
            f"parameters {inputs:,} × {out:,}{f' + {bias:,}' if bias else ''} = "
            f"{layer.parameters:,};   multiply-adds {layer.macs:,}"
        )
    if layer.parameters:
        return f"parameters 2 × {layer.shape[1]} = {layer.parameters:,}: a scale and a shift a map"
    return "no parameters"


def dims(shape: tuple[int, ...]) -> str:
    """Return a shape without its batch: 64 × 55 × 55."""
    return " × ".join(map(str, shape[1:])) or "1"


def count(number: float) -> str:
    """Return a large number in few characters."""
    for unit, size in (("G", 1e9), ("M", 1e6), ("k", 1e3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.0f}"


def memory(seen: Survey) -> str:
    """Return what the outputs of all layers take as 32-bit numbers."""
    return f"{4 * sum(layer.cells for layer in seen.layers) / 2**20:.3g} MB"


def leaves(net: nn.Module) -> int:
    """Return how many modules have no children."""
    return sum(not any(module.children()) for module in net.modules())


def rows(seen: Survey) -> list[dict[str, object]]:
    """Return the table of all layers, ready for a data frame or CSV."""
    return [
        {
            "layer": layer.name or "(forward)",
            "operation": layer.kind,
            "output": dims(layer.shape),
            "parameters": layer.parameters,
            "multiply-adds": layer.macs,
            "memory (kB)": round(4 * layer.cells / 1024, 1),
            "receptive field": None if math.isinf(layer.field.reach) else int(layer.field.reach),
        }
        for layer in seen.layers
    ]
