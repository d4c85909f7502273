"""A layer and a network in words and numbers: what it is, how its costs come about, the table."""

from labs.vision.architectures.layer import Layer
from labs.vision.architectures.survey import Survey


def reason(layer: Layer) -> str:
    """Return what a layer is and what one of its units sees."""
    before = " and ".join(dims(shape) for shape in layer.inputs)
    sees = f"one unit sees {layer.field.reach:,.0f} × {layer.field.reach:,.0f} pixels of the input"
    kilobytes = f"the output takes {4 * layer.cells / 1024:,.1f} kB"
    return f"{layer.what or layer.kind}: {before} to {dims(layer.shape)}; {sees}; {kilobytes}."


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
            "receptive field (px)": int(layer.field.reach),
        }
        for layer in seen.layers
    ]
