"""What does it think before it moves?  AlphaGo's recipe on small boards."""

from functools import partial

from labs.models.board import net
from labs.play.board import players, search
from labs.play.board.learning import Learning
from labs.play.board.play import Play
from labs.play.board.recipe import Recipe
from labs.play.board.selfplay.games import Games
from labs.play.board.selfplay.learner import Learner, losses
from labs.play.board.sight import Seeing, influence, without_each
from labs.play.board.stages.gradient import policy_loss
from labs.play.board.tree import Searching
from pages.ui.cards.board import learning, maths, play, recipe, sight, tree
from pages.ui.cards.board.head import open_search
from pages.ui.page import Part, page_of_parts

SOURCES = (
    ("Silver et al. (2016): Mastering the game of Go with deep neural networks and tree search",
     "https://doi.org/10.1038/nature16961"),
    ("Silver et al. (2017): Mastering the game of Go without human knowledge",
     "https://doi.org/10.1038/nature24270"),
    ("Silver et al. (2018): A general reinforcement learning algorithm that masters chess, shogi, "
     "and Go", "https://doi.org/10.1126/science.aar6404"),
    ("Rosin (2011): Multi-armed bandits with episode context (PUCT)",
     "https://doi.org/10.1007/s10472-011-9258-6"),
    ("Kocsis & Szepesvári (2006): Bandit based Monte-Carlo planning (UCT)",
     "https://doi.org/10.1007/11871842_29"),
    ("Williams (1992): Simple statistical gradient-following algorithms (REINFORCE)",
     "https://doi.org/10.1007/BF00992696"),
)  # fmt: skip
PUCT = [search.Tree.select, search.Tree.simulate, search.Tree.back_up]
part = partial(Part, sources=SOURCES)
PARTS = {
    "play": part(
        lab=Play,
        cards=play.CARDS,
        maths=maths.play,
        head=open_search,
        code=PUCT,
    ),
    "search": part(
        lab=Searching,
        cards=tree.CARDS,
        title="The search, opened up",
        question="Why this move? Let the tree grow, and click a node.",
        maths=maths.search,
        code=PUCT,
    ),
    "what it sees": part(
        lab=Seeing,
        cards=sight.CARDS,
        title="What it sees",
        question="Which stones does a move hang on? Click one of the policy's.",
        maths=maths.sight,
        code=[net.BoardNet, influence, without_each],
    ),
    "recipe": part(
        lab=Recipe,
        cards=recipe.CARDS,
        title="AlphaGo's recipe",
        question="What is each stage worth? Press play: they play each other.",
        maths=maths.recipe,
        code=[players.both_values, policy_loss, Recipe.step],
        opening=900,
    ),
    "learn": part(
        lab=Learning,
        cards=learning.CARDS,
        title="Learn by self-play",
        question="Can it learn from nothing but games against itself? Press play.",
        maths=maths.learning,
        code=[Games, losses, Learner.step],
        opening=60,
    ),
}
page_of_parts("board", PARTS)
