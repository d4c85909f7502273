"""Take a dream away: the picture, the whole ascent as a film, and a script that makes it again."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo
from torch import Tensor

from labs.pictures import animated, picture, saved
from labs.vision.dream.recipe import Recipe

FRAME = 80  # milliseconds a picture
LAST = 1500  # milliseconds the last picture stays

SCRIPT = '''"""A dream, made again: save this in the Glassbox folder, and run it there."""

import torch
from PIL import Image

from labs.vision.dream import Dream

dream = Dream({net!r})
for name, value in {settings}.items():
    dream.receive({{"setting": name, "value": value}})
dream.receive({{"setting": "again", "value": True}})
for name, drawing in {drawings}.items():
    dream.receive({{"panel": name, "kind": "link", "value": drawing}})
taken = 0
for after, event in {deeds}:  # what was changed on the way
    for _ in range(after - taken):
        dream.step()
    taken = after
    dream.receive(event)
for _ in range({taken} - taken):
    dream.step()
pixels = (dream.picture[0].permute(1, 2, 0) * 255).round().to(torch.uint8)
Image.fromarray(pixels.numpy()).save("dream.png")
print("mean", dream.picture.mean().item(), "objective", *(v for _, v, _ in dream.past.values[-1:]))
'''


def png(image: Tensor, settings: Mapping[str, object]) -> bytes:
    """Return image (1, 3, H, W) of bytes as PNG, with the settings that made it in its text."""
    note = PngInfo()
    note.add_text("Software", "Glassbox")
    note.add_text("Settings", json.dumps(dict(settings)))
    return saved(picture(image), "PNG", pnginfo=note)


def gif(images: Sequence[Tensor], settings: Mapping[str, object]) -> bytes:
    """Return the images (1, 3, H, W) of bytes as an endless GIF, the settings in its comment."""
    comment = json.dumps(dict(settings)).encode()
    return animated(images, each=FRAME, last=LAST, comment=comment)


def webp(images: Sequence[Tensor], settings: Mapping[str, object] = MappingProxyType({})) -> bytes:
    """Return the images (1, 3, H, W) of bytes as an animated WebP: truer colours, smaller file.

    The settings are its EXIF description.
    """
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = json.dumps(dict(settings))
    first, *rest = (picture(image) for image in images)
    return saved(
        first, "WEBP", save_all=True, append_images=rest, loop=0, quality=85,
        duration=[FRAME] * len(rest) + [LAST], exif=exif,
    )  # fmt: skip


def script(recipe: Recipe) -> str:
    """Return a script that takes the same steps and gives the same pixels."""
    deeds = ",\n".join(f"    {deed!r}" for deed in recipe.deeds)
    return SCRIPT.format(
        net=recipe.net,
        settings=json.dumps(dict(recipe.settings), indent=4),
        drawings=json.dumps(dict(recipe.drawings)),
        deeds=f"[\n{deeds},\n]" if deeds else "[]",
        taken=recipe.taken,
    )
