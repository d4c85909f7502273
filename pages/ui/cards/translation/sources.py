"""The papers behind the lab."""

SOURCES = (
    ("Sutskever, Vinyals & Le (2014): Sequence to sequence learning with neural networks",
     "https://arxiv.org/abs/1409.3215"),
    ("Cho et al. (2014): Learning phrase representations using RNN encoder-decoder (GRU)",
     "https://arxiv.org/abs/1406.1078"),
    ("Bahdanau, Cho & Bengio (2015): Neural machine translation by jointly learning to align and "
     "translate", "https://arxiv.org/abs/1409.0473"),
    ("Sennrich, Haddow & Birch (2016): Neural machine translation of rare words with subword units",
     "https://arxiv.org/abs/1508.07909"),
    ("Wu et al. (2016): Google's neural machine translation system (length penalty)",
     "https://arxiv.org/abs/1609.08144"),
    ("Papineni et al. (2002): BLEU", "https://doi.org/10.3115/1073083.1073135"),
    ("Post (2018): A call for clarity in reporting BLEU scores",
     "https://arxiv.org/abs/1804.08771"),
    ("Strobelt et al. (2018): Seq2Seq-Vis", "https://arxiv.org/abs/1804.09299"),
    ("Olah & Carter (2016): Attention and augmented recurrent neural networks",
     "https://distill.pub/2016/augmented-rnns/"),
    ("Vinyals & Le (2015): A neural conversational model", "https://arxiv.org/abs/1506.05869"),
    ("Filippova et al. (2015): Sentence compression by deletion with LSTMs",
     "https://aclanthology.org/D15-1042"),
    ("Small talk: Chitchat.qna, Microsoft, MIT",
     "https://github.com/microsoft/botframework-solutions"),
    ("Sentence pairs: Tatoeba, by manythings.org/anki, CC BY 2.0", "https://tatoeba.org"),
)  # fmt: skip
