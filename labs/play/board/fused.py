"""A `BoardNet` for one position at a time: nine matrix products, and little around them.

At batch 1 most of a small net's time goes into calling its modules.  Here the batch norms are in
the weights, and a convolution is one product: for each point the 3 x 3 channels around it in one
row (points, 9 * channels), times the weights (9 * channels, width).  The numbers are the module's,
up to rounding.
"""

import numpy as np
import torch
from torch import nn

from labs.models.board import BoardNet

Layer = tuple[np.ndarray, np.ndarray]  # weights (9 * channels, width) and biases (points, width)


class Fused:
    """A copy of a net's weights that evaluates planes; its buffers serve one thread."""

    def __init__(self, net: BoardNet, rows: int, columns: int) -> None:
        self.around = around(rows, columns)
        points, width = rows * columns, net.stem.out_channels
        self.stem = folded(net.stem, net.norm, points)
        self.blocks = [
            (folded(block.conv1, block.norm1, points), folded(block.conv2, block.norm2, points))
            for block in net.blocks
        ]
        convs = (net.policy_conv, net.value_conv)
        self.heads = (
            np.concatenate([_array(conv.weight)[:, :, 0, 0].T for conv in convs], 1),
            np.concatenate([_array(conv.bias) for conv in convs]),
        )
        self.split = net.policy_conv.out_channels
        self.policy, self.hidden, self.value = (
            (_array(linear.weight).T.copy(), _array(linear.bias))
            for linear in (net.policy, net.value_hidden, net.value)
        )
        self.seen = np.zeros((points + 1, net.stem.in_channels), np.float32)
        self.x, self.y = (np.zeros((points + 1, width), np.float32) for _ in "xy")
        # their last row stays 0: it is what lies off the board
        self.out, self.zero = np.empty((points, width), np.float32), self.x[:-1].copy()

    def _conv(self, x: np.ndarray, layer: Layer) -> np.ndarray:
        rows = x.take(self.around, 0).reshape(len(self.around), -1)
        np.dot(rows, layer[0], out=self.out)
        self.out += layer[1]
        return self.out

    def __call__(self, planes: np.ndarray) -> tuple[np.ndarray, float]:
        """Return logits (moves,) and the value of planes (C, rows, columns)."""
        self.seen[:-1] = planes.reshape(len(planes), -1).T
        x, y = self.x[:-1], self.y[:-1]
        np.maximum(self._conv(self.seen, self.stem), self.zero, out=x)
        for first, second in self.blocks:
            np.maximum(self._conv(self.x, first), self.zero, out=y)
            x += self._conv(self.y, second)
            np.maximum(x, self.zero, out=x)
        maps = np.maximum(x @ self.heads[0] + self.heads[1], 0).T  # (channels, points)
        logits = maps[: self.split].ravel() @ self.policy[0] + self.policy[1]
        hidden = np.maximum(maps[self.split :].ravel() @ self.hidden[0] + self.hidden[1], 0)
        return logits, float(np.tanh(hidden @ self.value[0] + self.value[1])[0])


def around(rows: int, columns: int) -> np.ndarray:
    """Return the 3 x 3 points around each point, int64 (points, 9); off the board: the last + 1."""
    numbers = np.full((rows + 2, columns + 2), rows * columns)
    numbers[1:-1, 1:-1] = np.arange(rows * columns).reshape(rows, columns)
    windows = np.lib.stride_tricks.sliding_window_view(numbers, (3, 3))
    return windows.reshape(rows * columns, 9).copy()


def folded(conv: nn.Conv2d, norm: nn.BatchNorm2d, points: int) -> Layer:
    """Return a convolution's weights for rows of nine points, its batch norm put into them.

    The bias is there for each of the points: to add it so is faster than to spread it each time.
    """
    scale = norm.weight / (norm.running_var + norm.eps).sqrt()
    weights = (conv.weight * scale[:, None, None, None]).permute(2, 3, 1, 0).flatten(0, 2)
    bias = norm.bias - norm.running_mean * scale
    return _array(weights), _array(bias.expand(points, -1))


def _array(tensor: torch.Tensor) -> np.ndarray:
    return np.ascontiguousarray(tensor.detach().float().numpy())
