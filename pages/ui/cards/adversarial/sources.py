"""The papers behind the lab."""

SOURCES = (
    ("Szegedy et al. (2013): Intriguing properties of neural networks (L-BFGS)",
     "https://arxiv.org/abs/1312.6199"),
    ("Goodfellow, Shlens & Szegedy (2014): Explaining and harnessing adversarial examples (FGSM)",
     "https://arxiv.org/abs/1412.6572"),
    ("Madry et al. (2017): Towards deep learning models resistant to adversarial attacks (PGD)",
     "https://arxiv.org/abs/1706.06083"),
    ("Moosavi-Dezfooli et al. (2015): DeepFool", "https://arxiv.org/abs/1511.04599"),
    ("Carlini & Wagner (2016): Towards evaluating the robustness of neural networks",
     "https://arxiv.org/abs/1608.04644"),
    ("Su et al. (2017): One pixel attack", "https://arxiv.org/abs/1710.08864"),
    ("Andriushchenko et al. (2019): Square attack", "https://arxiv.org/abs/1912.00049"),
    ("Moosavi-Dezfooli et al. (2016): Universal adversarial perturbations",
     "https://arxiv.org/abs/1610.08401"),
    ("Brown et al. (2017): Adversarial patch", "https://arxiv.org/abs/1712.09665"),
    ("Dong et al. (2017): Boosting adversarial attacks with momentum",
     "https://arxiv.org/abs/1710.06081"),
    ("Athalye, Carlini & Wagner (2018): Obfuscated gradients give a false sense of security",
     "https://arxiv.org/abs/1802.00420"),
    ("Tsipras et al. (2018): Robustness may be at odds with accuracy",
     "https://arxiv.org/abs/1805.12152"),
)  # fmt: skip
