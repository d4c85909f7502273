"""What can be turned, chosen and pressed in the optimizers lab."""

from labs.basics.optimizers.race import NAMES
from labs.basics.optimizers.slices import NETS
from labs.basics.optimizers.surfaces import SURFACES, TERMS
from labs.live.controls import Button, Knob, Select

FIRST = "ravine"
_TITLES = {key: s.title for key, s in SURFACES.items()} | {key: net[0] for key, net in NETS.items()}

SURFACE = Select("surface", "surface", tuple(_TITLES.items()), FIRST)
# Batch and rates begin at what the surface says.
BATCH = Knob("batch", "batch", 1, TERMS, SURFACES[FIRST].batch, unit=f" of {TERMS}", whole=True,
             words={str(TERMS): f"all {TERMS}: no noise"})  # fmt: skip
RATES = tuple(
    Knob(name.lower(), f"{name} η", 1e-4, 3.0, SURFACES[FIRST].rates[name], log=True)
    for name in NAMES
)
SHAPES = (
    Knob("mu", "momentum μ", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("nesterov_mu", "Nesterov μ", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("rho", "RMSProp ρ", 0.5, 0.999, 0.99, step=0.001, digits=3),
    Knob("beta1", "Adam β₁", 0, 0.99, 0.9, step=0.01, digits=2),
    Knob("beta2", "Adam β₂", 0.5, 0.9999, 0.999, step=0.0001, digits=4),
)
RESTART = Button("restart", "Back to the start")
CONTROLS = (SURFACE, BATCH, *RATES, *SHAPES, RESTART)
