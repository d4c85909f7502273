"""How every checkpoint of the zoo is remade: `RECIPES[name]`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

import torch

from labs.data.shuffle import order
from labs.data.text import python_source, shakespeare
from labs.models.board import (
    BoardNet,
    ConnectFourNet,
    GoFiveNet,
    GoSevenNet,
    SmallConnectFourNet,
    TicTacToeNet,
)
from labs.models.lenet import LeNet5
from labs.models.names import BackwardReader, BothWaysReader, ForwardReader
from labs.models.readers import SoftmaxRegression, TwoLayers
from labs.models.translation.net import TranslateAttention, TranslatePlain, Translator
from labs.models.vae import DigitVAE, PlaneVAE, WideVAE
from labs.zoo.train import (
    board,
    board_stages,
    characters,
    chat,
    digit_gan,
    digits,
    doodles,
    lenet_mnist_robust,
    names,
    photo_net,
    photo_net_robust,
    plain,
    rbm,
    scene_net,
    shortener,
    speech,
    translation,
    vae,
    wide,
)
from labs.zoo.train.digits import Result, Say

MNIST = "MNIST, 55,000 training digits{} (LeCun, Cortes & Burges)"
Train = Callable[[Path, int, Say], Result]  # the folder of the data, the seed, what reports


@dataclass(frozen=True)
class Recipe:
    """How one checkpoint is remade."""

    data: str  # what it learns from, and whose that is
    train: Train
    seed: int = 5
    stored_as: torch.dtype = torch.float16


def on_shakespeare(kind: str, **more: float) -> Recipe:
    """Return the recipe of a character model that learns from `tinyshakespeare.txt`."""

    def train(data: Path, seed: int, say: Say) -> Result:
        recipe = characters.Recipe(kind, 12, seed, **more)
        return characters.fit(shakespeare(data / "tinyshakespeare.txt"), recipe, say)

    return Recipe("Tiny Shakespeare, all but the last tenth (Karpathy, 2015)", train)


def _on_python(_: Path, seed: int, say: Say) -> Result:
    return characters.fit(python_source(), characters.Recipe("lstm", 3, seed), say)


def on_mnist(kind: Callable, how: str = "", **more: object) -> Recipe:
    """Return the recipe of a reader that learns from `mnist.npz`; how: what is done to it."""
    return Recipe(MNIST.format(how), partial(digits.fit, kind, **more))


def on_binary_mnist(kind: type[DigitVAE], **more: int) -> Recipe:
    """Return the recipe of a variational autoencoder that learns from `mnist.npz`."""
    return Recipe(MNIST.format(", pixels drawn as 0 or 1"), partial(vae.fit, kind, **more))


def on_names(train: Train) -> Recipe:
    """Return the recipe of a net that learns from the folder `names/`."""
    return Recipe("18 lists of surnames (Robertson, 2017), 85 % of the names", train)


def on_translations(kind: type[Translator], steps: int) -> Recipe:
    """Return the recipe of a translator that learns from `eng-fra.txt`."""
    data = "139,603 English-French sentence pairs (Tatoeba, by manythings.org/anki, CC BY 2.0)"
    return Recipe(data, partial(translation.train, kind, steps=steps), 7)


def on_photos(train: Train, seed: int) -> Recipe:
    """Return the recipe of a net that learns from the folder `tiny_imagenet_100/`."""
    data = "Tiny ImageNet, 100 of its 200 classes, 49,000 training photos of 64 x 64"
    return Recipe(data, train, seed)


def on_board(
    game: str,
    kind: type[BoardNet],
    steps: int,
    match: Mapping[str, int] = MappingProxyType({}),
    **plan: float,
) -> Recipe:
    """Return the recipe of a net that learns a game by playing against itself."""
    train = partial(board.self_play, game, kind, steps, board.Plan(**plan), **match)
    return Recipe("games against itself, from nothing but the rules", train)


RECIPES: Mapping[str, Recipe] = MappingProxyType(
    {
        "char-gru-shakespeare": on_shakespeare("gru"),
        "char-lstm-shakespeare": on_shakespeare("lstm"),
        "char-rnn-shakespeare": on_shakespeare("rnn", learning_rate=2e-3),
        "char-lstm-python": Recipe(
            "the standard library's source as installed, all but the last tenth", _on_python
        ),
        "softmax-mnist": on_mnist(SoftmaxRegression),  # ten templates of 784 numbers
        "dense-mnist": on_mnist(TwoLayers),  # does not know what a neighbour is
        "lenet-mnist-plain": on_mnist(LeNet5),
        "lenet-mnist-shuffled": on_mnist(LeNet5, ", pixels shuffled", shuffle=order()),
        "lenet-mnist": on_mnist(  # reads what people draw with a mouse
            LeNet5, ", distorted", epochs=100, augment=digits.eased
        ),
        "lenet-mnist-robust": Recipe(
            MNIST.format(", distorted and attacked"),
            lenet_mnist_robust.train,
            stored_as=torch.float32,  # float16 moves the edges of its plateaus
        ),
        "translate-attention": on_translations(TranslateAttention, 7_000),
        "translate-plain": on_translations(TranslatePlain, 7_000),
        "chat-helpdesk": Recipe(
            "dialogues that the grammar of labs/data/helpdesk writes",
            partial(chat.help_desk, steps=1_800, more=2_400, last=(2_000, 2_500)),
            7,
        ),
        "chat-smalltalk": Recipe(
            "8,322 questions of small talk with 90 answers (Chitchat.qna, Microsoft, MIT)",
            partial(chat.small_talk, steps=1_400),
            7,
        ),
        "shorten": Recipe(
            "15,158 English sentences that contain another one (Tatoeba, CC BY 2.0)",
            partial(shortener.fit, epochs=10),
            7,
        ),
        "vae-mnist-2d": on_binary_mnist(PlaneVAE, epochs=60),
        "vae-mnist": on_binary_mnist(WideVAE, epochs=16),
        "vae-doodles": Recipe(
            "doodles of 12 kinds (Quick, Draw!, Google, CC BY 4.0), 2,700 of each, pixels drawn as "
            "0 or 1",
            partial(vae.fit, WideVAE, epochs=30, load=doodles.load_doodles),
        ),
        "ae-mnist": Recipe(MNIST.format(""), plain.train),
        "dae-mnist": Recipe(MNIST.format(", spoiled by noise"), partial(wide.train, noise=True)),
        "ae-mnist-wide": Recipe(MNIST.format(""), partial(wide.train, noise=False)),  # its twin
        "rbm-mnist": Recipe(MNIST.format(", pixels drawn as 0 or 1"), rbm.train),
        "gan-digits": Recipe(MNIST.format(""), digit_gan.of_digits),
        "gan-doodles": Recipe(
            "doodles of 10 kinds (Quick, Draw!, Google, CC BY 4.0), 2,700 of each",
            digit_gan.of_doodles,
        ),
        "names-forwards": on_names(partial(names.fit, ForwardReader)),
        "names-backwards": on_names(partial(names.fit, BackwardReader)),
        "names-bigru": on_names(partial(names.fit, BothWaysReader)),
        "names-writer": on_names(names.fit_writer),
        "scene-net": Recipe(
            "scenes of doodles of 15 kinds (Quick, Draw!, Google, CC BY 4.0), 1,075 held out",
            scene_net.train,
        ),
        "speech-ctc": Recipe(
            "Free Spoken Digit Dataset, takes 5 to 49 (Jackson et al., CC BY-SA 4.0)",
            speech.train,
        ),
        "photo-net": on_photos(photo_net.train, 7),
        "photo-net-robust": on_photos(photo_net_robust.train, 8),
        "board-connect-four": on_board("connect-four", ConnectFourNet, 2400),
        "board-go5": on_board(
            "go5", GoFiveNet, 1400, simulations=40, warm=8, openings=4, mixed=True
        ),
        "board-go7": on_board(
            "go7",
            GoSevenNet,
            1100,
            match={"rollouts": 100, "games": 40},
            simulations=32,
            warm=8,
            openings=4,
            mixed=True,
        ),
        "board-tic-tac-toe": on_board("tic-tac-toe", TicTacToeNet, 300, simulations=25, openings=3),
        "board-connect-four-small": on_board("connect-four-small", SmallConnectFourNet, 500),
        "board-connect-four-supervised": Recipe(
            "games of plain Monte Carlo search against itself", board_stages.supervised
        ),
        "board-connect-four-gradient": Recipe(
            "games of board-connect-four-supervised against itself", board_stages.gradient
        ),
        "board-connect-four-value": Recipe(
            "games of board-connect-four-gradient against itself", board_stages.value
        ),
    }
)
