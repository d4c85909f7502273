"""The papers behind the lab."""

SOURCES = (
    ("Graves, Fernandez, Gomez & Schmidhuber (2006): Connectionist temporal classification",
     "https://www.cs.toronto.edu/~graves/icml_2006.pdf"),
    ("Graves & Jaitly (2014): Towards end-to-end speech recognition with recurrent neural networks",
     "http://proceedings.mlr.press/v32/graves14.pdf"),
    ("Hannun (2017): Sequence modeling with CTC", "https://distill.pub/2017/ctc/"),
    ("Davis & Mermelstein (1980): Comparison of parametric representations (mel bands)",
     "https://doi.org/10.1109/TASSP.1980.1163420"),
    ("Cho et al. (2014): Learning phrase representations using RNN encoder-decoder (GRU)",
     "https://arxiv.org/abs/1406.1078"),
    ("Schuster & Paliwal (1997): Bidirectional recurrent neural networks",
     "https://doi.org/10.1109/78.650093"),
    ("Park et al. (2019): SpecAugment", "https://arxiv.org/abs/1904.08779"),
    ("Recordings: Free Spoken Digit Dataset, CC BY-SA 4.0",
     "https://github.com/Jakobovski/free-spoken-digit-dataset"),
)  # fmt: skip
