"""The cards of the scenes: drawing, boxes, pixels, measures, learning."""

SOURCES = (
    ("Long, Shelhamer & Darrell (2015), Fully convolutional networks for semantic segmentation",
     "https://arxiv.org/abs/1411.4038"),
    ("Redmon, Divvala, Girshick & Farhadi (2016), You only look once: unified, real-time object "
     "detection", "https://arxiv.org/abs/1506.02640"),
    ("Redmon & Farhadi (2017), YOLO9000: better, faster, stronger",
     "https://arxiv.org/abs/1612.08242"),
    ("Rezatofighi et al. (2019), Generalized intersection over union",
     "https://arxiv.org/abs/1902.09630"),
    ("Everingham et al. (2010), The PASCAL visual object classes challenge",
     "https://doi.org/10.1007/s11263-009-0275-4"),
    ("Odena, Dumoulin & Olah (2016), Deconvolution and checkerboard artifacts",
     "https://doi.org/10.23915/distill.00003"),
    ("Ha & Eck (2017), A neural representation of sketch drawings (Quick, Draw!)",
     "https://arxiv.org/abs/1704.03477"),
)  # fmt: skip
