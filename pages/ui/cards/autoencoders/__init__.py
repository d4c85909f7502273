"""The cards of the autoencoder labs, one module a part."""

SOURCES = (
    ("Baldi & Hornik (1989): Neural networks and principal component analysis",
     "https://doi.org/10.1016/0893-6080(89)90014-2"),
    ("Hinton & Salakhutdinov (2006): Reducing the dimensionality of data with neural networks",
     "https://doi.org/10.1126/science.1127647"),
    ("Hinton, Osindero & Teh (2006): A fast learning algorithm for deep belief nets",
     "https://doi.org/10.1162/neco.2006.18.7.1527"),
    ("Vincent, Larochelle, Bengio & Manzagol (2008): Denoising autoencoders",
     "https://doi.org/10.1145/1390156.1390294"),
    ("Vincent et al. (2010): Stacked denoising autoencoders",
     "https://www.jmlr.org/papers/v11/vincent10a.html"),
    ("Kingma & Welling (2014): Auto-encoding variational Bayes",
     "https://arxiv.org/abs/1312.6114"),
    ("Higgins et al. (2017): beta-VAE", "https://openreview.net/forum?id=Sy2fzU9gl"),
)  # fmt: skip
