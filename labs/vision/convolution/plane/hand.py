"""The kernel under the hand: a preset, what the knobs make of it, or a visitor's own numbers."""

from collections.abc import Mapping

from torch import Tensor

from labs.live.checks import number
from labs.vision.convolution import kernels

SHAPED = ("preset", "size", "sigma", "wavelength", "angle")  # settings that make another kernel
RANGES = {"sigma": (0.3, 3.0), "wavelength": (2.0, 12.0), "angle": (-90.0, 90.0)}


class Hand:
    """A kernel, and those of the experiment's `settings` that make it."""

    def __init__(self, settings: dict[str, str | float]) -> None:
        self.settings = settings
        self.build()

    @property
    def shape(self) -> kernels.Shape:
        """What the kernels with a formula depend on now."""
        s = self.settings
        return kernels.Shape(
            int(s["size"]), float(s["sigma"]), float(s["angle"]), float(s["wavelength"])
        )

    def build(self) -> None:
        """Make the kernel (m, m) as the settings say; a visitor's own only changes its size."""
        name, m = str(self.settings["preset"]), int(self.settings["size"])
        own = name == "yours"
        self.kernel = kernels.resize(self.kernel, m) if own else kernels.preset(name, self.shape)

    def own(self, kernel: Tensor) -> None:
        """Take a kernel (m, m) of the visitor's own, which is not changed in place."""
        self.kernel = kernel.contiguous()
        self.settings |= {"preset": "yours", "size": len(kernel)}

    def turn(self, event: Mapping) -> None:
        """Give the Gabor kernel the wave whose frequency lies under the handle.

        Raises ValueError in one sentence.
        """
        if self.settings["preset"] != "gabor":
            raise ValueError("Only a Gabor kernel has a wave to turn.")
        u, v = (number(event.get(key), 0, 1, f"A handle's {key}") for key in ("u", "v"))
        angle, wavelength = kernels.wave_at(u, v)
        low, high = RANGES["wavelength"]
        self.settings |= {"angle": angle, "wavelength": min(high, max(low, wavelength))}
        self.build()

    def address(self) -> dict[str, str]:
        """Return what a link needs beside the settings: the visitor's own kernel."""
        own = self.settings["preset"] == "yours"
        return {"kernel": kernels.written(self.kernel)} if own else {}

    def told(self) -> dict[str, str | float]:
        """Return what the page's address must say now; what is empty is taken out of it."""
        wave = {}
        if self.settings["preset"] == "gabor":  # a handle writes no address itself
            now, usual = self.shape, kernels.Shape()
            for name in ("angle", "wavelength"):
                value = round(getattr(now, name), 1)
                wave[name] = "" if value == getattr(usual, name) else value
        return (self.address() or {"kernel": ""}) | wave
