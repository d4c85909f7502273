"""Batch norm put into the convolution before it: the same function with fewer operations."""

from itertools import pairwise

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold(model: nn.Module) -> nn.Module:
    """Put every batch norm that directly follows a convolution in its container into it."""
    for parent in model.modules():
        for first, second in pairwise(list(parent._modules)):
            conv, norm = parent._modules[first], parent._modules[second]
            follows = isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)
            if follows and conv.out_channels == norm.num_features:
                parent._modules[first] = fuse_conv_bn_eval(conv, norm)
                parent._modules[second] = nn.Identity()
    return model
