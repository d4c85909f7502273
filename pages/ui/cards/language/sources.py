"""The papers behind the lab."""

SOURCES = (
    ("Shannon (1948): A mathematical theory of communication (n-grams)",
     "https://doi.org/10.1002/j.1538-7305.1948.tb01338.x"),
    ("Elman (1990): Finding structure in time", "https://doi.org/10.1207/s15516709cog1402_1"),
    ("Hochreiter & Schmidhuber (1997): Long short-term memory",
     "https://doi.org/10.1162/neco.1997.9.8.1735"),
    ("Cho et al. (2014): Learning phrase representations (GRU)", "https://arxiv.org/abs/1406.1078"),
    ("Karpathy (2015): The unreasonable effectiveness of recurrent neural networks",
     "https://karpathy.github.io/2015/05/21/rnn-effectiveness/"),
    ("Karpathy, Johnson & Fei-Fei (2015): Visualizing and understanding recurrent networks",
     "https://arxiv.org/abs/1506.02078"),
    ("Strobelt et al. (2016): LSTMVis", "https://arxiv.org/abs/1606.07461"),
    ("Holtzman et al. (2019): The curious case of neural text degeneration (top-p)",
     "https://arxiv.org/abs/1904.09751"),
    ("Pascanu, Mikolov & Bengio (2013): On the difficulty of training recurrent neural networks",
     "https://arxiv.org/abs/1211.5063"),
)  # fmt: skip
