"""The learned path: the first kernels, what they answer, and the strongest maps of every stage."""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from labs.live import Frame
from labs.live.arithmetic import product
from labs.live.challenges import Challenge
from labs.live.checks import whole
from labs.numerals import counted, written
from labs.pictures import as_bytes, jpeg, png, sheet
from labs.vision.features.body import STAGES, net, stage_maps
from labs.vision.features.learned.places import box, patches, peaks, strongest
from labs.vision.features.source import SOURCE, OnePicture

STEM = "_relu0"  # 32 maps after the first convolution and its ReLU6
PANELS = (STEM, *STAGES)
SHOWN = 8  # maps of a stage
CELL = 8  # pixels of a kernel's weight, as it is shown
CHALLENGES = (
    Challenge(
        "late", "On another picture, choose a map of the last block.",
        "Its cells see nearly the whole picture: what do the patches share?",
        lambda s, stage, changed: stage == len(STAGES) and changed and s["source"] != "coffee",
    ),
)  # fmt: skip


class Learned(OnePicture):
    """A picture, 32 kernels with their answers, five stages, and the patches of one map."""

    name = "features.learned"
    controls = (SOURCE,)
    challenges = CHALLENGES
    on = OnePicture.on | {("*", "click"): "choose"}
    side = 224

    def __init__(self) -> None:
        super().__init__()
        self.chosen = (0, 3)  # a stage of PANELS, and the place of a map among those shown
        self.picked = False  # whether a visitor chose it
        self._made: tuple = ()

    @property
    def maps(self) -> dict[str, Tensor]:
        """What the net makes of the picture, by stage (K, h, w), and of each its strongest."""
        x = self.colour
        if not self._made or self._made[0] is not x:
            whole_maps = {name: m[0] for name, m in stage_maps(x, PANELS).items()}
            order = {n: strongest(m, SHOWN) for n, m in whole_maps.items()}
            order[STEM] = torch.arange(len(whole_maps[STEM]))
            self._made = x, whole_maps, order
            self.sent.clear()
        return self._made[1]

    def show(self) -> Frame:
        """Return the picture, the kernels, the maps, and what the chosen one answers to."""
        maps = self.maps
        order, frame = self._made[2], Frame()
        if "kernels" not in self.sent:
            self.sent.add("kernels")
            frame.images["kernels"] = png(kernels())
            frame.images["picture"] = jpeg(self.colour)
            for k, name in enumerate(PANELS):
                shown = maps[name][order[name]]
                frame.maps[f"s{k}"] = small(shown)
        self.add_source(frame)
        stage, at = self.chosen
        name = PANELS[stage]
        at = min(at, len(order[name]) - 1)
        index = int(order[name][at])
        one = maps[name][index]
        stride = self.side / one.shape[-1]
        cells = peaks(one)
        boxes = [box(cell, stride, self.side) for cell in cells]
        frame.images["patches"] = jpeg(sheet(as_bytes(patches(self.colour, boxes)), len(boxes)))
        frame.maps["one"] = one[None]
        tile = {f"s{k}": [{"unit": at, "box": None}] if k == stage else []
                for k in range(len(PANELS))}  # fmt: skip
        frame.notes |= {
            "photos": ["picture", "patches", "kernels"],
            "grids": {"picture": [self.side] * 2, "one": list(one.shape),
                      "patches": [1, len(boxes)], "kernels": [4, 8]},
            "marks": tile | {
                "picture": [{"box": b} for b in boxes],
                "kernels": [{"box": [at // 8, at % 8, at // 8 + 1, at % 8 + 1]}]
                if stage == 0 else [],
            },
            "colors": {"s0": "unsigned", "one": "unsigned" if stage == 0 else "signed"},
            "titles": {
                f"s{k}": f"{len(maps[n])} maps of {maps[n].shape[1]} × {maps[n].shape[2]}"
                for k, n in enumerate(PANELS)
            } | {
                "picture": "boxes: where the chosen map is strongest",
                "patches": "what is in the boxes, strongest first",
                "kernels": "3 × 3 × 3, each by itself; grey is 0",
                "one": f"map {index} of {len(maps[name])}, a cell every "
                f"{counted(round(stride), 'pixel')}",
            },
            "say": f"Map {index}.",
        }  # fmt: skip
        self.explain(frame, name, index, cells[0])
        return frame

    def explain(self, frame: Frame, name: str, index: int, cell: tuple[int, int]) -> None:
        """Add the sum of the strongest cell of a first map; of later ones, that it is longer."""
        model = net()
        value = self.maps[name][index][cell].item()
        if name == STEM:
            x = model.normalise(self.colour)
            right = F.pad(x, (0, 1, 0, 1))  # as TensorFlow pads a side of 224 for a stride of 2
            row, col = 2 * cell[0], 2 * cell[1]
            patch = right[0, :, row : row + 3, col : col + 3]
            weight, bias = model._conv_stem.weight[index], model._conv_stem.bias[index].item()
            product(
                patch, weight, parts=("red", "green", "blue"),
                title=f"kernel {index} · row {cell[0]}, column {cell[1]}, its strongest cell",
                text="The window of the normalised picture, times the kernel, summed over colours; "
                "the bias holds the batch norm.",
                sum=f"ReLU6(Σ x·w + b) = ReLU6({written((patch * weight).sum().item())} + "
                f"{written(bias)}) = {written(value)}",
            ).show(frame)  # fmt: skip
            return
        frame.notes["arithmetic"] = {
            "form": "none", "title": f"map {index} after {name.strip('_')}",
            "text": "Its strongest cell is a sum over all maps of its block, each of which is such "
            "a sum again: that is how edges become parts.",
            "sum": f"largest value {written(value)}", "labels": [], "parts": [], "winner": -1,
            "map": "signed", "ink": False,
        }  # fmt: skip

    def choose(self, event: Mapping) -> None:
        """Choose a map of a stage, or a kernel."""
        panel = event.get("panel")
        if panel == "kernels":
            row, col = (whole(event.get(k), 0, n, f"A pointer's {k}") for k, n in
                        (("row", 3), ("col", 7)))  # fmt: skip
            self.chosen = 0, 8 * row + col
        else:
            names = [f"s{k}" for k in range(len(PANELS))]
            if panel not in names:
                raise ValueError("Choose a map or a kernel.")
            stage = names.index(panel)
            most = len(self.maps[STEM]) if stage == 0 else SHOWN
            self.chosen = stage, whole(event.get("unit"), 0, most - 1, "A map")
        self.picked = True

    def left_out(self) -> str:
        """Return what no address holds."""
        return "The map that was chosen is not in the link." if self.picked else super().left_out()

    def evidence(self) -> tuple:
        """Return settings, the chosen stage, and whether a visitor chose it."""
        return self.settings, self.chosen[0], self.picked


def kernels() -> Tensor:
    """Return the 32 first kernels as colours, each with its own range about grey, side by side:
    (1, 3, H, W) of bytes.
    """
    weight = net()._conv_stem.weight
    tiles = 0.5 + 0.5 * weight / weight.abs().amax((1, 2, 3), keepdim=True)
    large = tiles.repeat_interleave(CELL, 2).repeat_interleave(CELL, 3)
    return sheet(F.pad(as_bytes(large), (1, 1, 1, 1), value=128), 8)


def small(maps: Tensor, most: int = 56) -> Tensor:
    """Return maps (K, h, w) at no more than `most` cells a side."""
    if maps.shape[-1] <= most:
        return maps.contiguous()
    return F.interpolate(maps[None], (most, most), mode="area")[0]
