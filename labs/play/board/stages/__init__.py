"""The stages of AlphaGo (2016): imitate stronger play, improve by winning, learn to judge.

Silver et al., "Mastering the game of Go with deep neural networks and tree search",
https://doi.org/10.1038/nature16961.  Their experts are people; here they are plain Monte Carlo
search, which knows the rules and nothing else.
"""
