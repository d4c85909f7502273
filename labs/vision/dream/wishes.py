"""From the settings to what is climbed: a first wish, perhaps a second, and one for the rest."""

from collections.abc import Mapping

import torch
from torch import Tensor

from labs.data.photos import NAMES, photo
from labs.images import fit_within
from labs.live.controls import Value
from labs.vision.dream.controls import NOTHING, WHOLE
from labs.vision.dream.nets import classes, layers, network, width
from labs.vision.dream.neurons import fires
from labs.vision.dream.objective import LOGITS, Objective, channel, layer, like, logit, plus

GUIDE = 160  # pixels of the longer side of a guide


class Wishes:
    """The objectives that the settings of a dream stand for."""

    def __init__(self, net: str, settings: Mapping[str, Value]) -> None:
        self.net = net
        self.settings = settings  # the dream's own: it changes under our eyes
        self._guided: tuple[tuple[str, str], Tensor] | None = None

    @property
    def target(self) -> str:
        """The layer whose activations the dream is after, or `LOGITS`."""
        return str(self.settings["layer"])

    @property
    def shown(self) -> str:
        """The layer whose maps are shown: the target, or for a class the last before the logits."""
        return layers(self.net)[-1] if self.target == LOGITS else self.target

    @property
    def channel(self) -> int | None:
        """The channel that is wanted; None for a whole layer, a class or a guide."""
        k = int(self.settings["channel"])
        if k == WHOLE or self.target == LOGITS or self.guide:
            return None
        return k % width(self.net, self.target)

    @property
    def guide(self) -> str:
        """The photograph that the dream shall resemble; empty for none."""
        name = str(self.settings["guide"])
        return "" if name == NOTHING or self.target == LOGITS else name

    def inside(self) -> Objective:
        """What is climbed everywhere, or inside the mask: a first wish, and perhaps a second."""
        wish, second = self._first(), self._second()
        return wish if second is None else wish + second

    def outside(self) -> Objective | None:
        """What is climbed outside the mask."""
        name = str(self.settings["outside"])
        return None if name == NOTHING else layer(name)

    def words(self) -> str:
        """Return what `inside` climbs as the page says it."""
        if self.target == LOGITS:
            first = f"the class “{self.settings['category']}”"
        elif self.guide:
            first = f"{self.target}, more like “{self.guide}”"
        else:
            first = self._first().name
        second = self._second()
        return first if second is None else plus(first, second.name)

    def silence(self, *, outside: bool = False) -> str:
        """Say what it means that the wish, or the one outside the mask, gives no gradient."""
        if outside:
            return f"{self.settings['outside']} gives no gradient outside the mask."
        photos = (fit_within(photo(of), GUIDE) for of in NAMES)
        k = self.channel
        if k is not None and not fires(network(self.net), self.target, k, [*photos]):
            return f"{self.words()} never fires: not here, and on none of {len(NAMES)} photographs."
        return f"{self.words()} gives no gradient on this picture: there is nothing to climb."

    def _first(self) -> Objective:
        name = self.target
        if name == LOGITS:
            return logit(classes(self.net).index(str(self.settings["category"])))
        if self.guide:
            return like(name, self._features(name, self.guide))
        return layer(name) if self.channel is None else channel(name, self.channel)

    def _second(self) -> Objective | None:
        name, weight = str(self.settings["second"]), float(self.settings["weight"])
        return weight * layer(name) if name != NOTHING and weight else None

    @torch.no_grad()
    def _features(self, name: str, guide: str) -> Tensor:
        """The guide's activations at a layer, which are the same at every step."""
        if self._guided is None or self._guided[0] != (name, guide):
            seen = network(self.net)(fit_within(photo(guide), GUIDE), [name])[name]
            self._guided = (name, guide), seen
        return self._guided[1]
