"""A script that trains the same nets and gives the numbers on the screen."""

import inspect
from collections.abc import Mapping, Sequence

from labs.generative.autoencoders.pretraining import stack
from labs.models import rbm

SCRIPT = """

data = load_digits()
x = torch.from_numpy(data.images).float()[:, None] / 16
x = F.interpolate(x, (20, 20), mode="bicubic", align_corners=False).clamp(0, 1)
x, y = F.pad(x, (4, 4, 4, 4)).flatten(1), torch.from_numpy(data.target).long()
order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
test, train = order.split([round(0.2 * len(x)), len(x) - round(0.2 * len(x))])
x_test, y_test, x, y = x[test][:360], y[test][:360], x[train], y[train]

sizes, labels, seed, rate = {sizes}, {labels!r}, {seed}, {rate}
steps = {steps}
labelled = x, y
if labels != "all":  # as many of each class
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    order = torch.cat([order[y[order] == k][: int(labels) // 10] for k in range(10)])
    labelled = x[order], y[order]


def random():
    return torch.Generator().manual_seed(seed)


readers = {{
    "random sigmoid": Reader(random_layers([*sizes, 10], 1.0, random()), torch.sigmoid, seed),
    "random ReLU": Reader(random_layers([*sizes, 10], 2.0, random()), torch.relu, seed),
}}
if steps["pretrained"]:
    stack = Stack(x, sizes, {sweeps}, seed)
    while not stack.learned:
        stack.step()
    layers = stack.layers() + random_layers([sizes[-1], 10], 1.0, random())
    readers["pretrained"] = Reader(layers, torch.sigmoid, seed, stack.spent)
for name, reader in readers.items():
    for _ in range(steps[name]):
        reader.step(*labelled, rate)
    with torch.no_grad():
        right = (reader.logits(x_test).argmax(1) == y_test).float().mean().item()
    print(f"{{name}}: {{right:.1%}} of the test digits for {{reader.spent / 1e9:.3f}} billion")
"""


def script(s: Mapping, sizes: Sequence[int], steps: Mapping[str, int]) -> str:
    """Return the script for the settings, and so many steps of each net."""
    code = inspect.getsource(stack).replace("from labs.models.rbm import RBM\n", "")
    head, rest = code.split("\nBATCH", 1)
    head = head.replace("from torch import Tensor", "from sklearn.datasets import load_digits\n"
                        "from torch import Tensor, nn")  # fmt: skip
    machine = inspect.getsource(rbm.RBM)
    return (
        f"{head}\n\n{machine}\n\nBATCH{rest}"
        + SCRIPT.format(
            sizes=list(sizes), labels=s["labels"], seed=int(s["seed"]), rate=s["learning_rate"],
            sweeps=int(s["sweeps"]), steps=dict(steps),
        )
    )  # fmt: skip
