"""PhotoNet: a small residual net for photographs, made to be dreamt on.

He, Zhang, Ren & Sun, "Deep Residual Learning for Image Recognition",
https://arxiv.org/abs/1512.03385

Departures from the paper, each for the gradient with respect to the pixels, which is the picture
that a dream paints: SiLU for ReLU (https://arxiv.org/abs/1702.03118), because a ReLU that is off
passes nothing back; average for max pooling and for strided convolutions, and a stem whose kernel
is a multiple of its stride, because uneven overlap paints checkerboards
(https://distill.pub/2016/deconv-checkerboard/).
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Tiny ImageNet's classes that the net knows, in the order of its logits.
CLASSES = (
    "goldfish",
    "European fire salamander",
    "bullfrog",
    "American alligator",
    "boa constrictor",
    "trilobite",
    "scorpion",
    "black widow",
    "tarantula",
    "goose",
    "koala",
    "jellyfish",
    "brain coral",
    "snail",
    "slug",
    "sea slug",
    "spiny lobster",
    "black stork",
    "king penguin",
    "albatross",
    "dugong",
    "Chihuahua",
    "Yorkshire terrier",
    "golden retriever",
    "Labrador retriever",
    "German shepherd",
    "tabby",
    "Persian cat",
    "Egyptian cat",
    "cougar",
    "lion",
    "brown bear",
    "ladybug",
    "fly",
    "bee",
    "grasshopper",
    "mantis",
    "dragonfly",
    "monarch",
    "sulphur butterfly",
    "guinea pig",
    "hog",
    "ox",
    "bison",
    "bighorn",
    "gazelle",
    "Arabian camel",
    "orangutan",
    "chimpanzee",
    "baboon",
    "African elephant",
    "lesser panda",
    "backpack",
    "barn",
    "beach wagon",
    "beacon",
    "birdhouse",
    "bullet train",
    "candle",
    "cliff dwelling",
    "convertible",
    "dam",
    "fountain",
    "freight car",
    "hourglass",
    "lampshade",
    "limousine",
    "picket fence",
    "potter's wheel",
    "school bus",
    "sombrero",
    "spider web",
    "sports car",
    "steel arch bridge",
    "sunglasses",
    "suspension bridge",
    "teapot",
    "teddy",
    "thatch",
    "tractor",
    "triumphal arch",
    "trolleybus",
    "umbrella",
    "viaduct",
    "water tower",
    "ice cream",
    "pretzel",
    "bell pepper",
    "mushroom",
    "orange",
    "lemon",
    "banana",
    "pomegranate",
    "pizza",
    "espresso",
    "alp",
    "cliff",
    "coral reef",
    "lakeside",
    "seashore",
)

# The modules whose output is worth dreaming on, from edges to whole animals.
LAYERS = ("stem", "stage1.0", "stage2.0", "stage2.1", "stage3.0", "stage3.1", "stage4.0")

WIDTHS = (24, 56, 112, 224)
DEPTHS = (1, 2, 2, 1)


class ConvNorm(nn.Sequential):
    """A convolution without bias and its batch norm, neighbours so that inference can fold them."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1) -> None:
        padding = (kernel - stride) // 2  # output side = input side / stride
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, bias=False)
        self.norm = nn.BatchNorm2d(outputs)


class Block(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut: (N, inputs, H, W) to (N, outputs, H, W)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.first = ConvNorm(inputs, outputs, 3)
        self.second = ConvNorm(outputs, outputs, 3)
        self.shortcut = ConvNorm(inputs, outputs, 1) if inputs != outputs else nn.Identity()
        nn.init.zeros_(self.second.norm.weight)  # each block begins as its shortcut

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.shortcut(x) + self.second(F.silu(self.first(x))))


class PhotoNet(nn.Module):
    """Photos (N, 3, H, W) in [0, 1], RGB, of any size, to logits (N, 100).

    It was trained at 40 to 56 pixels and measured at 64.  The named stages halve the image's side:
    stem and stage1 see H / 2, stage2 H / 4, stage3 H / 8 and stage4 H / 16.
    """

    def __init__(self, classes: int = len(CLASSES)) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.47, 0.45, 0.40]).view(3, 1, 1), False)
        self.register_buffer("std", torch.tensor([0.27, 0.26, 0.28]).view(3, 1, 1), False)
        self.stem = nn.Sequential(ConvNorm(3, WIDTHS[0], 6, stride=2), nn.SiLU())
        self.pool = nn.AvgPool2d(2, ceil_mode=True)  # ceil: one pixel stays one pixel
        self.stage1 = stage(WIDTHS[0], WIDTHS[0], DEPTHS[0])
        self.stage2 = stage(WIDTHS[0], WIDTHS[1], DEPTHS[1])
        self.stage3 = stage(WIDTHS[1], WIDTHS[2], DEPTHS[2])
        self.stage4 = stage(WIDTHS[2], WIDTHS[3], DEPTHS[3])
        self.head = nn.Linear(WIDTHS[3], classes)

    def forward(self, x: Tensor) -> Tensor:
        if x.ndim != 4 or x.shape[1] != 3 or 0 in x.shape[2:]:
            raise ValueError(f"PhotoNet takes photos (N, 3, H, W), got {tuple(x.shape)}")
        x = (x - self.mean) / self.std
        # An odd side gets its last pixels twice, so that the stem's stride of 2 comes out even.
        x = F.pad(x, (0, x.shape[3] % 2, 0, x.shape[2] % 2), mode="replicate")
        x = self.stage1(self.stem(x))  # (N, 24, H/2, W/2)
        x = self.stage2(self.pool(x))  # (N, 56, H/4, W/4)
        x = self.stage3(self.pool(x))  # (N, 112, H/8, W/8)
        x = self.stage4(self.pool(x))  # (N, 224, H/16, W/16)
        return self.head(x.mean((2, 3)))


def stage(inputs: int, outputs: int, depth: int) -> nn.Sequential:
    """Return `depth` blocks at one resolution, the first of which changes the width."""
    return nn.Sequential(*(Block(inputs if i == 0 else outputs, outputs) for i in range(depth)))
