"""Why a module cannot take what it was given, in words."""

from torch import nn

from labs.vision.architectures.field import first


def refusal(module: nn.Module, shape: tuple[int, ...]) -> str:
    """Return why `module` cannot take an input of `shape`, in words; empty if it is not known."""
    if isinstance(module, nn.Linear):
        have = shape[-1] if shape else 0
        return f"it takes {module.in_features:,} numbers and gets {have:,}"
    if isinstance(module, nn.Conv2d | nn.MaxPool2d | nn.AvgPool2d):
        if len(shape) != 4:
            return "it takes maps, and these are lines of numbers"
        if isinstance(module, nn.Conv2d) and shape[1] != module.in_channels:
            return f"it takes {module.in_channels} maps and gets {shape[1]}"
        kernel, padding = first(module.kernel_size), first(module.padding)
        return f"its window of {kernel} does not fit into a side of {min(shape[2:]) + 2 * padding}"
    if isinstance(module, nn.BatchNorm2d) and len(shape) == 4:
        return f"it takes {module.num_features} maps and gets {shape[1]}"
    return ""
