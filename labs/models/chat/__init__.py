"""Nets that answer: the translator's encoder and decoder, from a conversation to what is said."""
