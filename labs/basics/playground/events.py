"""What a hand does to the net and to its points, read from events; every value is checked."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from labs.basics.playground.cloud import Cloud
from labs.basics.playground.features import SINGLE
from labs.basics.playground.setup import MOST_LAYERS, MOST_UNITS, NO_LAYER, sizes
from labs.live.checks import number, option, places, whole
from labs.live.experiment import Event
from labs.models.dense import ACTIVATIONS, Dense

LARGEST = 1e6  # size of a weight that is typed in
IN_LINK = 64  # frozen weights that a link still holds
ADDED = 4  # units of a layer that is added

Unit = tuple[int, int]  # layer and unit; layer -1 is the features
Edge = tuple[int, int, int]  # layer, unit, input; input 0 is the bias


@dataclass(frozen=True)
class Pointer:
    """What a hand points at."""

    selected: Unit = (0, 0)  # whose arithmetic is shown
    edge: Edge | None = None  # the weight that was chosen
    hovered: Unit | None = None
    probe: tuple[float, float] = (0.31, 0.52)  # the place on the plane whose numbers are shown

    def within(self, net: Dense) -> "Pointer":
        """Return what holds for another net: its place, and the nearest unit to the selected."""
        layer = min(self.selected[0], len(net.layers) - 1)
        unit = min(self.selected[1], net.layers[layer].size - 1)
        return Pointer((layer, unit), probe=self.probe)


def pointed(before: Pointer, event: Event, net: Dense, features: int) -> Pointer:
    """Return what a hand points at after an event.  Raises ValueError."""
    if event["panel"] == "plane":
        return replace(before, probe=place(event))
    if event["kind"] == "select":
        return replace(before, selected=unit_at(event, net), edge=None)
    hovered = unit_at(event, net, features) if event["kind"] == "hover" else None
    return replace(before, hovered=hovered)


def unit_at(event: Event, net: Dense, features: int = 0) -> Unit:
    """Return the unit of an event, or one of so many features.  Raises ValueError."""
    layer = whole(event.get("layer"), -1 if features else 0, len(net.layers) - 1, "A layer")
    width = features if layer < 0 else net.layers[layer].size
    return layer, whole(event.get("unit"), 0, width - 1, "A unit")


def edge_at(event: Event, net: Dense) -> Edge:
    """Return the edge of an event.  Raises ValueError."""
    layer, unit = unit_at(event, net)
    return layer, unit, whole(event.get("source"), 0, net.shapes[layer][1] - 1, "An input")


def edit(net: Dense, edge: Edge, event: Event) -> None:
    """Set a weight, freeze or thaw it, or cut it.  Raises ValueError."""
    layer, unit, source = edge
    w = net.weights[layer]
    at = int(w.storage_offset()) + unit * w.shape[1] + source
    if event["kind"] == "weight":
        net.theta[at] = number(event.get("value"), -LARGEST, LARGEST, "A weight")
        return
    net.free = free(net)
    net.free[at] = event["kind"] == "freeze" and not net.free[at]
    if event["kind"] == "cut":
        net.theta[at] = 0.0
    if net.free.all():
        net.free = None


def frozen(net: Dense) -> list[int]:
    """Return the places in theta that do not move."""
    return [] if net.free is None else (~net.free).nonzero().flatten().tolist()


def to_link(net: Dense) -> str:
    """Return the frozen weights as "place:value" for a link; nothing if there are too many."""
    return _written(net, frozen(net))


def set_by_hand(net: Dense, drawn: Tensor) -> list[int]:
    """Return the places in theta that are not as they were drawn, and that may move."""
    return (net.theta != drawn).logical_and(free(net)).nonzero().flatten().tolist()


def weights_to_link(net: Dense, drawn: Tensor) -> str:
    """Return the weights that were set by hand for a link; nothing if there are too many."""
    return _written(net, set_by_hand(net, drawn))


def _written(net: Dense, held: list[int]) -> str:
    return ",".join(f"{at}:{net.theta[at]}" for at in held) if len(held) <= IN_LINK else ""


def free(net: Dense) -> Tensor:
    """Return (P,) booleans: the weights that may move."""
    return torch.ones_like(net.theta, dtype=torch.bool) if net.free is None else net.free


def put(net: Dense, text: str, *, hold: bool) -> None:
    """Give the weights of a link its values; with `hold` freeze them.

    Raises ValueError, and changes nothing then.
    """
    at_places, values = [], []
    try:
        for at, value in (part.split(":") for part in text[:4000].split(",", IN_LINK)):
            at_places.append(whole(int(at), 0, len(net.theta) - 1, "A place"))
            values.append(number(float(value), -LARGEST, LARGEST, "A weight"))
    except ValueError:
        raise ValueError("The weights in the link are damaged; they are as drawn.") from None
    net.theta[at_places] = net.theta.new_tensor(values)
    if hold:
        net.free = torch.ones_like(net.theta, dtype=torch.bool)
        net.free[at_places] = False


def rebuilt(event: Event, layers: str, activation: str) -> dict[str, str]:
    """Return the settings of a net with a unit or a layer more or less, or another activation.

    Raises ValueError.
    """
    kind, widths, names = event["kind"], sizes(layers), activation.split(",")
    names = [names[min(i, len(names) - 1)] for i in range(len(widths))]
    most = len(widths) - (kind != "add_layer")
    layer = whole(event.get("layer"), 0, max(0, most), "A layer")
    if kind == "add_layer":
        if len(widths) >= MOST_LAYERS:
            raise ValueError(f"There is room for {MOST_LAYERS} hidden layers.")
        widths.insert(layer, ADDED)
        names.insert(layer, names[min(layer, len(names) - 1)] if names else "tanh")
    elif not widths:
        raise ValueError("There is no hidden layer; add one first.")
    elif kind == "remove_layer":
        del widths[layer], names[layer]
    elif kind == "activation":
        names[layer] = option(event.get("value"), ACTIVATIONS, "An activation")
    else:
        widths[layer] += 1 if kind == "add_unit" else -1
        if not 1 <= widths[layer] <= MOST_UNITS:
            raise ValueError(f"A layer has from 1 to {MOST_UNITS} units.")
    changed = {"layers": ",".join(map(str, widths)) or NO_LAYER}
    if names:
        changed["activation"] = names[0] if len(set(names)) == 1 else ",".join(names)
    return changed


def unit_to_link(pointer: Pointer) -> str:
    """Return the selected unit, or the weight that was chosen, unless it is the first unit."""
    if pointer.edge is None and pointer.selected == Pointer.selected:
        return ""
    return ".".join(map(str, pointer.edge or pointer.selected))


def unit_from_link(pointer: Pointer, net: Dense, text: str) -> Pointer:
    """Return what a link selects.  Raises ValueError."""
    layer = places(text.partition(".")[0], len(net.layers) - 1)[0]
    most = (layer, *(n - 1 for n in net.shapes[layer]))
    if text.count(".") == 1:
        return replace(pointer, selected=tuple(places(text, *most[:2])), edge=None)
    edge = tuple(places(text, *most))
    return replace(pointer, selected=edge[:2], edge=edge)


def toggled(event: Event, features: str) -> str:
    """Return the features with one more or one less.  Raises ValueError."""
    known = [feature.key for feature in SINGLE]
    wanted = set(features.split(",")) ^ {option(event.get("key"), known, "A feature")}
    if not wanted:
        raise ValueError("A net needs one feature at least.")
    return ",".join(key for key in known if key in wanted)


def place(event: Event) -> tuple[float, float]:
    """Return the place on the plane of an event.  Raises ValueError."""
    x1 = number(event.get("x"), -1, 1, "x1 of a point")
    return x1, number(event.get("y"), -1, 1, "x2 of a point")


def change(cloud: Cloud, event: Event) -> None:
    """Add, move or remove a point, or clear them.  Raises ValueError."""
    kind = event["kind"]
    if kind == "add":
        low, high = (0, cloud.classes - 1) if cloud.classes else (-1, 1)
        u, v = place(event)
        label = number(event.get("label"), low, high, "A point's class")
        cloud.add(u, v, int(label) if cloud.classes else label)
    elif kind == "clear":
        cloud.clear()
    else:
        index = whole(event.get("index"), 0, len(cloud) - 1, "A point's number")
        cloud.move(index, *place(event)) if kind == "move" else cloud.remove(index)
