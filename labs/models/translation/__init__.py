"""Translators: pieces of words, an encoder and a decoder, with attention and without."""
