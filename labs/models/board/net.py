"""A residual net with two heads: which move, and who will win.

Silver et al., "Mastering the game of Go without human knowledge" (2017), made small: they have 20
blocks of 256 channels, and learn for days.  https://doi.org/10.1038/nature24270
"""

import torch
from torch import Tensor, nn


class Block(nn.Module):
    """Two convolutions, and the way around them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        """Return (N, width, H, W) from the same."""
        y = self.norm1(self.conv1(x)).relu()
        return (x + self.norm2(self.conv2(y))).relu()


class BoardNet(nn.Module):
    """A stem, `blocks` residual blocks of `width` channels, a policy's head and a value's."""

    def __init__(
        self, planes: int, rows: int, columns: int, moves: int, width: int, blocks: int
    ) -> None:
        super().__init__()
        points = rows * columns
        self.stem = nn.Conv2d(planes, width, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(blocks))
        self.policy_conv = nn.Conv2d(width, 8, 1)
        self.policy = nn.Linear(8 * points, moves)
        self.value_conv = nn.Conv2d(width, 4, 1)
        self.value_hidden = nn.Linear(4 * points, 64)
        self.value = nn.Linear(64, 1)

    def forward(self, planes: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (N, moves) and values (N,) in [-1, 1] of planes (N, C, rows, columns).

        A value of 1 says that the player to move wins.
        """
        x = self.norm(self.stem(planes)).relu()
        for block in self.blocks:
            x = block(x)
        logits = self.policy(self.policy_conv(x).relu().flatten(1))
        hidden = self.value_hidden(self.value_conv(x).relu().flatten(1)).relu()
        return logits, torch.tanh(self.value(hidden)[:, 0])


class ConnectFourNet(BoardNet):
    """Reads the 6 x 7 board of Connect Four."""

    def __init__(self) -> None:
        super().__init__(3, 6, 7, 7, width=32, blocks=4)


class GoFiveNet(BoardNet):
    """Reads Go's board of 5 x 5."""

    def __init__(self) -> None:
        super().__init__(6, 5, 5, 26, width=32, blocks=4)


class GoSevenNet(BoardNet):
    """Reads Go's board of 7 x 7."""

    def __init__(self) -> None:
        super().__init__(6, 7, 7, 50, width=32, blocks=4)


class SmallConnectFourNet(BoardNet):
    """Reads Connect Four on 4 rows and 5 columns."""

    def __init__(self) -> None:
        super().__init__(3, 4, 5, 5, width=24, blocks=2)


class TicTacToeNet(BoardNet):
    """Reads tic-tac-toe."""

    def __init__(self) -> None:
        super().__init__(3, 3, 3, 9, width=16, blocks=1)
