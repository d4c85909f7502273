"""What the pretraining asks a visitor to try, and how it knows that it was done."""

from collections.abc import Mapping

from labs.generative.autoencoders.pretraining.verdict import chance
from labs.live.challenges import Challenge

SURE = 0.05  # of a difference that may be chance


def _worth(s: Mapping, at_mark: bool, split: tuple[int, int]) -> bool:
    ahead, behind = split
    return at_mark and ahead > behind and chance(ahead, behind) < SURE


def _wasted(s: Mapping, at_mark: bool, split: tuple[int, int]) -> bool:
    ahead, behind = split
    return at_mark and s["labels"] == "all" and behind > ahead


CHALLENGES = (
    Challenge("worth", "Find settings with which pretraining beats random sigmoid units at the "
              "mark, by more than chance would do once in twenty times.",
              "Where labels are few, or a deep net of sigmoids hardly moves.", _worth),
    Challenge("wasted", "With all labels, have it lose at the mark.",
              "What it costs is missing in the fine-tuning.", _wasted),
)  # fmt: skip
