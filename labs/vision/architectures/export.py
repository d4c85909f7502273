"""A script that builds the network and gives the totals on the screen, with nothing but PyTorch."""

import inspect
import re
from collections.abc import Mapping

from labs.models.imagenet import Normalise
from labs.vision.architectures.catalogue import NETS

COUNT = '''
def total_macs(model, x):
    """Return the multiply-adds of all convolutions and dense layers on x."""
    total = 0

    def note(module, inputs, output):
        nonlocal total
        if isinstance(module, nn.Conv2d):
            taps = module.weight[0].numel()
            total += output.numel() * taps
        elif isinstance(module, nn.Linear):
            total += output.numel() * module.in_features

    handles = [module.register_forward_hook(note) for module in model.modules()]
    with torch.no_grad():
        y = model(x)
    for handle in handles:
        handle.remove()
    return total, y
'''
TAIL = """

with torch.device("meta"):  # shapes without numbers: no memory, no time
    model = {name}().eval()
    macs, y = total_macs(model, torch.empty(1, {channels}, {side}, {side}))
print("parameters", sum(p.numel() for p in model.parameters()))
print("multiply-adds", macs)
print("output", tuple(y.shape))
"""


def script(name: str, side: int) -> str:
    """Return the script for the network `name` on a square of `side` pixels."""
    net = NETS[name]
    source = inspect.getsource(inspect.getmodule(net.make))
    source = source.replace("import torch\n", "")
    shared = "from labs.models.imagenet import Normalise\n"
    head = "import torch\n"
    if shared in source:
        source = source.replace(shared, "")
        insert = "\nMEAN = (0.485, 0.456, 0.406)\nSTD = (0.229, 0.224, 0.225)\n\n\n"
        head_end = _imports_end(source)
        source = (
            source[:head_end] + insert + inspect.getsource(Normalise) + "\n" + source[head_end:]
        )
    doc_end = source.index('"""', 3) + 4
    text = source[:doc_end] + "\n" + head + source[doc_end:].lstrip("\n")
    return f"{text}\n{COUNT}" + TAIL.format(
        name=net.make.__name__, channels=net.channels, side=side
    )


def _imports_end(source: str) -> int:
    """Return where the import lines end."""
    return max(match.end() for match in re.finditer(r"^(?:import|from) .*\n", source, re.M))


AGAIN = '''"""A photograph classified again: save this in the Glassbox folder, and run it there."""

from pathlib import Path

from labs.images import decode
from labs.vision.architectures.photograph import Photograph

lab = Photograph({net!r}{weights})
{picture}lab.open({address})
seen = lab.seen
for k in seen.now.p.topk(5).indices.tolist():
    print(f"{{seen.now.p[k]:.4f}}", seen.names[k])
'''


OWN = """# Your own photograph stays with you: save it as photo.png beside this script.
lab.load_picture(decode(Path("photo.png").read_bytes()))
"""


def answer_again(
    net: str, address: Mapping[str, object], *, picture: bool = False, weights: bool = False
) -> str:
    """Return a script that classifies a photo as an address of the lab says.

    picture, weights: whether the visitor's own are taken, from files beside the script.
    """
    return AGAIN.format(
        net=net,
        address={name: str(value) for name, value in address.items()},
        picture=OWN if picture else "",
        weights=', Path("weights.safetensors").read_bytes()' if weights else "",
    )
