"""A script that gives the boxes on the screen; it needs the net's weights in a file beside it."""

import base64
import inspect
import re
import zlib

from torch import Tensor

from labs.data.doodles import CLASSES
from labs.models import boxes, scene

SCRIPT = '''"""Find the boxes in a scene as Glassbox did; scene-net.safetensors lies beside it."""

import base64
import zlib
from pathlib import Path

import numpy as np
from safetensors.torch import load_file

CLASSES = {classes}

{boxes}

{scene}

PIXELS = """
{pixels}"""
ink = np.frombuffer(zlib.decompress(base64.b64decode(PIXELS)), np.uint8).reshape(192, 256)
x = torch.from_numpy(ink.copy())[None, None].float() / 255

net = SceneNet().eval()
weights = load_file(Path(__file__).with_name("scene-net.safetensors"))
net.load_state_dict({{name: value.float() for name, value in weights.items()}})
with torch.no_grad():
    answer = net(x)
(found,) = answer.detect(threshold={threshold!r}, iou={iou!r})
for box, score, label in zip(found.boxes.tolist(), found.scores.tolist(), found.labels.tolist()):
    print(f"{{CLASSES[label]}} {{score:.4f}} " + " ".join(f"{{v:.1f}}" for v in box))
print("pixels of each class:", *answer.said.flatten().bincount(minlength=16).tolist())
'''


def script(x: Tensor, threshold: float, iou: float) -> str:
    """Return the script for a scene x (1, 1, 192, 256)."""
    data = (x[0, 0] * 255).round().byte().numpy().tobytes()
    return SCRIPT.format(
        classes=CLASSES,
        boxes=_alone(inspect.getsource(boxes)),
        scene=_alone(inspect.getsource(scene)),
        pixels=base64.encodebytes(zlib.compress(data, 9)).decode(),
        threshold=threshold,
        iou=iou,
    )


def _alone(source: str) -> str:
    """Return a module's source without what it imports from this project."""
    return re.sub(r"^from labs.*\n", "", source, flags=re.MULTILINE)
