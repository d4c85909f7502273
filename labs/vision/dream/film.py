"""The whole ascent as a film: H.264 in an MP4, which any browser and any slide shows."""

import io
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction

import av
import torch.nn.functional as F
from torch import Tensor

RATE = Fraction(25, 2)  # pictures a second
HELD = 18  # how often the last one is shown
QUALITY = {"crf": "18", "preset": "veryfast"}


def mp4(images: Sequence[Tensor], settings: Mapping[str, object]) -> bytes:
    """Return the images (1, 3, H, W) of bytes as an MP4, the settings as JSON in its comment.

    H.264 halves the resolution of colour, so an odd side gets its last pixels twice.
    """
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        file.metadata["comment"] = json.dumps(dict(settings))
        height, width = images[0].shape[-2:]
        stream = file.add_stream("libx264", RATE, options=QUALITY)
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"
        for image in [*images, *[images[-1]] * (HELD - 1)]:
            even = F.pad(image.float(), (0, width % 2, 0, height % 2), mode="replicate").byte()
            picture = even[0].permute(1, 2, 0).contiguous().numpy()
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        file.mux(stream.encode())
    return buffer.getvalue()
