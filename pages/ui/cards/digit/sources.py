"""The papers behind the lab."""

SOURCES = (
    ("LeCun, Bottou, Bengio & Haffner (1998): Gradient-based learning applied to document "
     "recognition", "http://yann.lecun.com/exdb/publis/pdf/lecun-01a.pdf"),
    ("Simonyan, Vedaldi & Zisserman (2013): Deep inside convolutional networks (gradient)",
     "https://arxiv.org/abs/1312.6034"),
    ("Sundararajan, Taly & Yan (2017): Axiomatic attribution (integrated gradients)",
     "https://arxiv.org/abs/1703.01365"),
    ("Selvaraju et al. (2016): Grad-CAM", "https://arxiv.org/abs/1610.02391"),
    ("Zeiler & Fergus (2013): Visualizing and understanding convolutional networks (occlusion)",
     "https://arxiv.org/abs/1311.2901"),
    ("Simard, Steinkraus & Platt (2003): Best practices (distortions)",
     "https://doi.org/10.1109/ICDAR.2003.1227801"),
)  # fmt: skip
