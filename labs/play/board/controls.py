"""The control that the parts of the board page have in common: which game it is."""

from labs.live.controls import Select
from labs.play.board.nets import playable

GAME = Select("game", "game", tuple((g.name, g.title) for g in playable()), playable()[0].name)
