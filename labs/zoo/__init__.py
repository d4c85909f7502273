"""The zoo: trained networks that ship with the lab and load without a network connection.

    model = labs.zoo.load("lenet-mnist")

Each name in `manifest.json` says what the checkpoint was trained on, from which seed, by which
command, and what was *measured*.  `python -m labs.zoo train NAME --data DIR` remakes one.
"""

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from torch import nn

from labs.models.board import (
    ConnectFourNet,
    GoFiveNet,
    GoSevenNet,
    SmallConnectFourNet,
    TicTacToeNet,
)
from labs.models.characters import CharGRU, CharLSTM, CharRNN
from labs.models.chat.net import HelpDesk, SmallTalk
from labs.models.digit_gan import DigitGAN
from labs.models.efficientnet_lite import EfficientNetLite0
from labs.models.fold import fold
from labs.models.lenet import LeNet5
from labs.models.names import BackwardReader, BothWaysReader, ForwardReader, NameWriter
from labs.models.photo import PhotoNet
from labs.models.rbm import RBM
from labs.models.readers import SoftmaxRegression, TwoLayers
from labs.models.scene import SceneNet
from labs.models.shortener import Shortener
from labs.models.speech.net import SpeechCTC
from labs.models.translation.net import TranslateAttention, TranslatePlain
from labs.models.vae import PlaneVAE, WideVAE
from labs.models.wide import WideAutoencoder

HERE = Path(__file__).parent
WEIGHTS = HERE / "weights"

ARCHITECTURES: Mapping[str, Callable[[], nn.Module]] = MappingProxyType(
    {
        "LeNet5": LeNet5,
        "TwoLayers": TwoLayers,
        "SoftmaxRegression": SoftmaxRegression,
        "PhotoNet": PhotoNet,
        "CharRNN": CharRNN,
        "CharGRU": CharGRU,
        "CharLSTM": CharLSTM,
        "ForwardReader": ForwardReader,
        "BackwardReader": BackwardReader,
        "BothWaysReader": BothWaysReader,
        "NameWriter": NameWriter,
        "SceneNet": SceneNet,
        "SpeechCTC": SpeechCTC,
        "TranslateAttention": TranslateAttention,
        "TranslatePlain": TranslatePlain,
        "HelpDesk": HelpDesk,
        "SmallTalk": SmallTalk,
        "Shortener": Shortener,
        "EfficientNetLite0": EfficientNetLite0,
        "PlaneVAE": PlaneVAE,
        "WideVAE": WideVAE,
        "WideAutoencoder": WideAutoencoder,
        "RBM": RBM,
        "DigitGAN": DigitGAN,
        "ConnectFourNet": ConnectFourNet,
        "GoFiveNet": GoFiveNet,
        "GoSevenNet": GoSevenNet,
        "SmallConnectFourNet": SmallConnectFourNet,
        "TicTacToeNet": TicTacToeNet,
    }
)


@cache
def manifest() -> Mapping[str, Mapping[str, Any]]:
    """Return every checkpoint's entry: file, sha256, architecture, data, seed, command, metrics."""
    return MappingProxyType(json.loads((HERE / "manifest.json").read_text()))


def stored(name: str) -> bytes:
    """Return the file of a network's weights.  Raises ValueError for an unknown name."""
    if name not in manifest():
        raise ValueError(f"the zoo has no network {name!r}; it has {', '.join(manifest())}")
    entry = manifest()[name]
    packaged = "package" in entry  # weights that another package brings
    folder = Path(str(files(entry["package"]))) if packaged else WEIGHTS
    return (folder / entry["file"]).read_bytes()


@cache
def load(name: str) -> nn.Module:
    """Return the trained network `name`: in eval mode, frozen, shared by everybody who asks.

    Copy it before you change it.  Raises ValueError for an unknown name or a damaged file.
    """
    data = stored(name)
    entry = manifest()[name]
    packaged = "package" in entry
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise ValueError(
            f"the weights of {name!r} are damaged: their checksum is not the manifest's"
        )
    model = ARCHITECTURES[entry["architecture"]]()
    tensors = torch.load(io.BytesIO(data), weights_only=True) if packaged else load_tensors(data)
    model.load_state_dict({key: value.float() for key, value in tensors.items()})
    model.eval().requires_grad_(False)
    if packaged:  # large: norms folded, and in the order that its convolutions like
        model = fold(model).eval().requires_grad_(False).to(memory_format=torch.channels_last)
    return model
