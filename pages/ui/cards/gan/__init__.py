"""The cards of the GAN labs, one module a part."""

SOURCES = (
    ("Goodfellow et al. (2014): Generative adversarial nets", "https://arxiv.org/abs/1406.2661"),
    ("Arjovsky, Chintala & Bottou (2017): Wasserstein GAN", "https://arxiv.org/abs/1701.07875"),
    ("Gulrajani et al. (2017): Improved training of Wasserstein GANs",
     "https://arxiv.org/abs/1704.00028"),
    ("Kahng, Thorat, Chau, Viégas & Wattenberg (2018): GAN Lab",
     "https://arxiv.org/abs/1809.01587"),
    ("Sønderby et al. (2017): Amortised MAP inference (instance noise)",
     "https://arxiv.org/abs/1610.04490"),
    ("Miyato, Kataoka, Koyama & Yoshida (2018): Spectral normalization",
     "https://arxiv.org/abs/1802.05957"),
)  # fmt: skip
