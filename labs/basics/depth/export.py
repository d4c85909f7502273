"""A script that makes the same net and gives the same gradients, and the layers as a table."""

import inspect
from collections.abc import Iterator
from dataclasses import asdict

from labs.basics.depth import net
from labs.basics.depth.health import Health
from labs.basics.depth.net import Shape

SCRIPT = '''{source}

from sklearn.datasets import load_digits

data = load_digits()
x = torch.tensor(data.data, dtype=torch.float32) / 16
x, y = (x - x.mean()) / x.std(), torch.tensor(data.target)
model = Deep(64, 10, Shape({shape}), torch.Generator().manual_seed(0))
draws, rate = torch.Generator().manual_seed(1), {rate}


def gradients() -> list[float]:
    """The size of dL/dh of every hidden layer, per example and unit, on 128 examples."""
    masks = torch.Generator().manual_seed(2)
    passes = model.forward(x[:128], training=True, generator=masks, remember=False)
    loss = torch.nn.functional.cross_entropy(passes.logits, y[:128])
    flows = torch.autograd.grad(loss, passes.h)
    return [(128 * g).square().mean().sqrt().item() for g in flows]


print("before training", *(f"{{g:.6e}}" for g in gradients()))
for step in range(100):
    at = torch.randint(len(x), (64,), generator=draws)
    loss = model.train(x[at], y[at], rate, draws)
print("loss at step 100", f"{{loss:.6f}}")
print("after 100 steps", *(f"{{g:.6e}}" for g in gradients()))
'''


def script(shape: Shape, learning_rate: float) -> str:
    """Return a script that prints gradients over depth.  It needs torch and scikit-learn."""
    settings = ", ".join(f"{name}={value!r}" for name, value in asdict(shape).items())
    return SCRIPT.format(source=inspect.getsource(net), shape=settings, rate=learning_rate)


def rows(health: Health) -> Iterator[dict[str, object]]:
    """Yield the statistics of every hidden layer."""
    for i in range(len(health.norms)):
        yield {
            "layer": i + 1, "mean": health.mean[i].item(),
            "deviation": health.deviation[i].item(), "dead": health.dead[i].item(),
            "saturated": health.saturated[i].item(), "gradient": health.norms[i].item(),
            "theory": health.theory[i].item(), "weight gradient": health.weight_norms[i].item(),
        }  # fmt: skip
