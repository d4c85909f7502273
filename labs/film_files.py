"""Pictures as a film: an MP4, which any browser and any slide shows."""

import io
from collections.abc import Sequence
from fractions import Fraction

import av
import torch.nn.functional as F
from torch import Tensor

# H.264; MPEG-4 where FFmpeg was built without it
ENCODERS = {"libx264": {"crf": "18", "preset": "veryfast"}, "mpeg4": {"qmin": "2", "qmax": "3"}}


def mp4(images: Sequence[Tensor], *, rate: Fraction, held: int = 1, comment: str = "") -> bytes:
    """Return pictures (..., C, H, W) of bytes, grey or RGB, as an MP4.

    rate: pictures a second.  held: how often the last one is shown.  Both encoders halve the
    resolution of colour, so an odd side gets its last pixels twice.
    """
    buffer = io.BytesIO()
    name = next(name for name in ENCODERS if name in av.codecs_available)
    with av.open(buffer, "w", format="mp4") as file:
        file.metadata["comment"] = comment
        height, width = images[0].shape[-2:]
        stream = file.add_stream(name, rate, options=ENCODERS[name])
        stream.width, stream.height = width + width % 2, height + height % 2
        stream.pix_fmt = "yuv420p"
        for image in [*images, *[images[-1]] * (held - 1)]:
            x = image.view(1, -1, height, width).float()
            even = F.pad(x, (0, width % 2, 0, height % 2), mode="replicate").byte()
            colours = even[0].expand(3, -1, -1).permute(1, 2, 0).contiguous().numpy()
            file.mux(stream.encode(av.VideoFrame.from_ndarray(colours, "rgb24")))
        file.mux(stream.encode())
    return buffer.getvalue()
