"""The script of the matches of SIFT."""

from collections.abc import Mapping

from PIL import Image

from labs.vision.features.export import assemble
from labs.vision.features.keypoints.points import RIM, Change, changed, inside, moved

BODY = """def found(y):
    finder = skimage.feature.SIFT(upsampling=1, c_dog=0.005)
    try:
        finder.detect_and_extract(y[0, 0].double().numpy())
    except RuntimeError:  # scikit-image's word for a picture without any
        return torch.zeros(0, 2).double(), np.zeros((0, 128))
    return torch.from_numpy(finder.keypoints).double(), finder.descriptors


change, side = Change({turn}, {scale}, {light}), {side}
grey = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
a, one = found((picture * grey).sum(1, keepdim=True))
b, two = found((changed(picture, change) * grey).sum(1, keepdim=True))
goal = moved(a, change, side)
kept = (inside(goal, side) & inside(a, side)).nonzero()[:, 0]
others = inside(b, side).nonzero()[:, 0]
pairs = np.zeros((0, 2), int)
if len(kept) and len(others) > 1:
    pairs = skimage.feature.match_descriptors(
        one[kept], two[others], cross_check=True, max_ratio={ratio}
    )
away = (goal[kept[pairs[:, 0]]] - b[others[pairs[:, 1]]]).norm(dim=1)
print("key points:", len(a), len(b), "of which both show", len(kept))
print("matches:", len(pairs), "right:", int((away <= 3).sum()))
"""


def script(s: Mapping, side: int, drawing: Image.Image) -> str:
    """Return the script for settings s."""
    return assemble("Key points found again", s, side, drawing, (Change, changed, moved, inside),
                    BODY.format(**s, side=side), f"RIM = {RIM}\n")  # fmt: skip
