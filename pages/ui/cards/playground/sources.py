"""The papers behind the playground."""

SOURCES = (
    ("Smilkov, Carter et al.: A neural network playground", "https://playground.tensorflow.org"),
    ("Rumelhart, Hinton & Williams (1986): Learning representations by back-propagating errors",
     "https://doi.org/10.1038/323533a0"),
    ("Glorot & Bengio (2010): Understanding the difficulty of training deep feedforward networks",
     "http://proceedings.mlr.press/v9/glorot10a.html"),
    ("Kingma & Ba (2014): Adam", "https://arxiv.org/abs/1412.6980"),
    ("Srivastava et al. (2014): Dropout", "https://jmlr.org/papers/v15/srivastava14a.html"),
    ("Olah (2014): Neural networks, manifolds, and topology",
     "https://colah.github.io/posts/2014-03-NN-Manifolds-Topology/"),
    ("Wilson et al. (2017): The marginal value of adaptive gradient methods",
     "https://arxiv.org/abs/1705.08292"),
)  # fmt: skip
