"""A network as blocks that unfold: modules within modules, each with what it costs."""

from collections.abc import Collection
from typing import Any

from labs.vision.architectures.layer import Layer
from labs.vision.architectures.survey import Survey

Block = dict[str, Any]  # plain data for the panel


def blocks(seen: Survey, unfolded: Collection[str], selected: str = "") -> list[Block]:
    """Return the blocks of the top level in the order in which they ran, unfolded as asked.

    A block has: path, name, kind, shape, cells, parameters, macs, reach, children, open, leaf,
    selected and broken.
    """
    return _level(list(enumerate(seen.layers)), "", set(unfolded), selected, seen)


def _level(
    layers: list[tuple[int, Layer]], path: str, unfolded: set[str], selected: str, seen: Survey
) -> list[Block]:
    """Group the layers below `path` by the next part of their names; order is kept."""
    groups: list[tuple[str, list[tuple[int, Layer]]]] = []
    for index, layer in layers:
        rest = layer.name[len(path) :].lstrip(".") if path else layer.name
        key = rest.split(".")[0] if rest else f"#{index}"
        if groups and groups[-1][0] == key:
            groups[-1][1].append((index, layer))
        else:
            groups.append((key, [(index, layer)]))
    return [_block(key, group, path, unfolded, selected, seen) for key, group in groups]


def _block(
    key: str,
    group: list[tuple[int, Layer]],
    path: str,
    unfolded: set[str],
    selected: str,
    seen: Survey,
) -> Block:
    index, layer = group[-1]
    own = key.startswith("#")  # an operation of the parent itself
    full = f"{path}.{key}".strip(".") if not own else f"{layer.name}#{index}".strip(".")
    leaf = own or (len(group) == 1 and layer.name == full)
    if leaf and not own and full in seen.repeated:
        full = f"{full}#{index}"
    is_open = not leaf and full in unfolded
    at = seen.at
    return {
        "path": full,
        "name": layer.kind if own else key,
        "kind": layer.kind if leaf else "group",
        "shape": list(layer.shape[1:]),
        "cells": sum(one.cells for _, one in group),
        "parameters": sum(one.parameters for _, one in group),
        "macs": sum(one.macs for _, one in group),
        "reach": layer.field.reach,
        "leaf": leaf,
        "open": is_open,
        "skips": leaf and layer.kind in ("add", "concatenate"),
        "selected": full == selected,
        "broken": bool(at) and (at == full or at.startswith(f"{full}.")) and not is_open,
        "children": _level(group, full, unfolded, selected, seen) if is_open else [],
    }


def find(seen: Survey, path: str) -> list[Layer]:
    """Return the layers at or below a block's path."""
    if "#" in path:
        index = path.rsplit("#", 1)[1]
        known = index in map(str, range(len(seen.layers)))
        return [seen.layers[int(index)]] if known else []
    return [one for one in seen.layers if one.name == path or one.name.startswith(f"{path}.")]
