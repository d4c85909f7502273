"""Surnames by language, as numbers: 18 languages, very uneven (Russian 9,384, Vietnamese 73).

spro/practical-pytorch, data/names (Sean Robertson, 2017), https://github.com/spro/practical-pytorch
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from labs.data import download
from labs.data.text import Vocabulary
from labs.files import matches

_URL = (
    "https://raw.githubusercontent.com/spro/practical-pytorch/"
    "c520c52e68e945d88fff563dba1c028b6ec0197b/data/names/"
)
FILES = {
    "Arabic": (13190, "6f424a8dbe51cbbbabab7a57d38b617210125e4e3991f3c657cb79b8f104bafc"),
    "Chinese": (1246, "09ba8f1f7e38dbc99372d461b26ad4433b811fc6bfa6a3ecca6fe11a9a777465"),
    "Czech": (3916, "e17ab0ec47616a72c39cb85c783f70c3663ab64488721e5d8378f146d2226be7"),
    "Dutch": (2351, "924f32b635170eae561f84538632138fc07d4c8bbd70ba3fb980de1ecc4d2af3"),
    "English": (27125, "9cca037066d3d5989e24bc01801416162de506b5e28e15b7c092a47905d29bf2"),
    "French": (2178, "81e65b36c60ed5b89a17422f6edcadbb89546f38ad69e960e64e7ba682012a95"),
    "German": (5610, "7449cd590b97a733e18d613a4155decd77ec35dc5f8aadd7a82204dce4f051db"),
    "Greek": (1981, "3555b5186de7f401e6d991b088e9e644ca3099116477818c25ab5793801389e6"),
    "Irish": (1858, "cf8c7013256252a88d2503127b87282a11f21b2ff6db1bded68834c19a1ec058"),
    "Italian": (5657, "f88414c27d0606a11a678b4859277828c2565d6cc4d9ee932deef6e94f3b35e4"),
    "Japanese": (7622, "e0e717e114fec3e7eade4d9dabe0067c475f43147e36a22b47902ee76ad9e67f"),
    "Korean": (423, "cd54221ccb362a6cba4c78828838cf3268a0e59744767a37cf6ec4b74036b136"),
    "Polish": (1165, "45bab898af2f60ed3a728bbf6980e28821011a7caa53227553b5785903a40826"),
    "Portuguese": (554, "50a8735f41f4f73757c8ce5b16cb0275cd86b2b214bcbc8c9805f508cb131c53"),
    "Russian": (85168, "0cfe53ac18041e8f63666aa77313e0a3ff378facb132abee052d8ebdc8c3d62c"),
    "Scottish": (752, "78d0252711d87d948ea86fe34826c51d2d794a8e52d15b5d6f7b6244d45d62dd"),
    "Spanish": (2284, "1bcb462ed3316756a85781d68232bddae04498fdddd5d9219c53fd1fbdeba7a7"),
    "Vietnamese": (339, "f3f9e4164ab47601178a6e45b216464a64122f49d05541f24bf18a757253281d"),
}
LANGUAGES = tuple(FILES)
LETTERS = Vocabulary(" '-abcdefghijklmnopqrstuvwxyzßàáãäçèéêìíñòóôõöùúüąłńśż")
LONGEST = 30  # letters of a name
HELD_OUT = 0.15
Names = dict[str, tuple[str, ...]]  # by language


@dataclass(frozen=True)
class Labelled:
    """Names, and for each the languages that claim it (most have one)."""

    names: tuple[str, ...]
    languages: tuple[frozenset[int], ...]

    def pairs(self) -> tuple[list[str], Tensor]:
        """Return every name once for each language that claims it, and those languages."""
        pairs = [
            (name, of)
            for name, claims in zip(self.names, self.languages, strict=True)
            for of in sorted(claims)
        ]
        return [name for name, _ in pairs], torch.tensor([of for _, of in pairs])


def parse(folder: Path) -> Names:
    """Read `<Language>.txt` for each language: names once each, in order."""
    names = {}
    for language in LANGUAGES:
        lines = (folder / f"{language}.txt").read_text("utf-8").split("\n")
        cleaned = (line.split("/")[0].replace("\xa0", " ").strip(" '-,:") for line in lines)
        names[language] = tuple(dict.fromkeys(name for name in cleaned if name))
    return names


def shared(names: Names) -> dict[str, tuple[str, ...]]:
    """Return the names that several languages claim, each with its languages."""
    owners = defaultdict(list)
    for language, list_ in names.items():
        for name in list_:
            owners[name].append(language)
    return {name: tuple(of) for name, of in owners.items() if len(of) > 1}


def split(names: Names, seed: int = 5) -> tuple[Labelled, Labelled]:
    """Return a training part and 15 % held out; a name is in one of them, whoever claims it.

    Every language gives its share: the names are drawn language by language, by first claim.
    """
    claims: dict[str, set[int]] = defaultdict(set)
    for number, language in enumerate(LANGUAGES):
        for name in names[language]:
            claims[name].add(number)
    by_first = defaultdict(list)
    for name, of in claims.items():
        by_first[min(of)].append(name)
    generator = torch.Generator().manual_seed(seed)
    held, train = [], []
    for number in range(len(LANGUAGES)):
        own = by_first[number]
        order = torch.randperm(len(own), generator=generator).tolist()
        cut = round(HELD_OUT * len(own))
        held += [own[i] for i in order[:cut]]
        train += [own[i] for i in order[cut:]]
    return tuple(
        Labelled(tuple(part), tuple(frozenset(claims[name]) for name in part))
        for part in (train, held)
    )


def encode(name: str) -> Tensor:
    """Return a name, in small letters, as numbers (length,).

    Raises ValueError if it is empty or too long.
    """
    if not name.strip():
        raise ValueError("A name has at least one letter.")
    if len(name) > LONGEST:
        raise ValueError(f"The name has {len(name)} letters; the limit is {LONGEST}.")
    return LETTERS.encode(small(name))


def small(name: str) -> str:
    """Return a name in small letters, one for each of its letters ("İ" alone would become two)."""
    return "".join(letter.lower()[0] for letter in name)


def folder() -> Path:
    """Return where the downloaded lists are kept."""
    return download.path("names")


def here() -> bool:
    """Whether all lists have been downloaded, undamaged."""
    return all(
        matches(folder() / f"{language}.txt", sha256) for language, (_, sha256) in FILES.items()
    )


def fetch() -> Iterator[download.Progress]:
    """Download the lists (164 kB), telling how far it is; ValueError when the network fails."""
    for language, (size, sha256) in FILES.items():
        target = folder() / f"{language}.txt"
        yield from download.fetch(f"{_URL}{language}.txt", sha256, size, target)


@cache
def load() -> Names:
    """Return the downloaded lists.  Raises ValueError if they are not here."""
    if not here():
        raise ValueError("The lists of names are not here yet; download them first.")
    return parse(folder())
