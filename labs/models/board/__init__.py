"""Nets that play: one look at the board gives a policy and a value."""

from labs.models.board.net import (
    BoardNet,
    ConnectFourNet,
    GoFiveNet,
    GoSevenNet,
    SmallConnectFourNet,
    TicTacToeNet,
)

__all__ = [
    "BoardNet",
    "ConnectFourNet",
    "GoFiveNet",
    "GoSevenNet",
    "SmallConnectFourNet",
    "TicTacToeNet",
]
