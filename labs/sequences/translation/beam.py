"""Beam search, as the translators of the zoo use it, and its tree."""

from labs.models.translation.beam import Hypothesis, Round, beam_rounds, beam_search

__all__ = ["Hypothesis", "Round", "beam_rounds", "beam_search"]
