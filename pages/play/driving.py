"""How does a car learn?  By imitation, and from rewards."""

from functools import partial

from labs.play.driving import Drive, Grid, Pole, Reinforce
from labs.play.driving.actor import ActorCritic
from labs.play.driving.car import advance
from labs.play.driving.dqn import DQN, dqn_loss, dqn_target
from labs.play.driving.imitation import Apprentice, Imitator, Memory
from labs.play.driving.pole import swing
from labs.play.driving.policy_gradient import policy_gradient_loss
from labs.play.driving.ppo import ppo_loss
from labs.play.driving.reward import Reward
from labs.play.driving.rollout import gae
from labs.play.grid import QLearner, move_values, transitions, value_iteration
from pages.ui.cards.driving import classics, drive, maths, reinforce
from pages.ui.page import Part, page_of_parts

SOURCES = (
    ("Pomerleau (1989): ALVINN, an autonomous land vehicle in a neural network",
     "https://proceedings.neurips.cc/paper/1988/hash/812b4ba287f5ee0bc9d43bbf5bbe87fb-Abstract.html"),
    ("Bojarski et al. (2016): End to end learning for self-driving cars (DAVE-2)",
     "https://arxiv.org/abs/1604.07316"),
    ("Ross, Gordon & Bagnell (2011): A reduction of imitation learning to no-regret online "
     "learning (DAgger)", "https://arxiv.org/abs/1011.0686"),
    ("Mnih et al. (2015): Human-level control through deep reinforcement learning (DQN)",
     "https://doi.org/10.1038/nature14236"),
    ("Williams (1992): Simple statistical gradient-following algorithms (REINFORCE)",
     "https://doi.org/10.1007/BF00992696"),
    ("Schulman et al. (2017): Proximal policy optimization algorithms",
     "https://arxiv.org/abs/1707.06347"),
    ("Barto, Sutton & Anderson (1983): Neuronlike adaptive elements that can solve difficult "
     "learning control problems", "https://doi.org/10.1109/TSMC.1983.6313077"),
)  # fmt: skip
part = partial(Part, sources=SOURCES)
PARTS = {
    "drive": part(
        lab=Drive,
        cards=drive.CARDS,
        maths=maths.drive,
        code=[Imitator, Apprentice.learn, Memory.draw, advance],
        opening=1500,
    ),
    "reward": part(
        lab=Reinforce,
        cards=reinforce.CARDS,
        maths=maths.reinforce,
        title="Learn from rewards",
        question="Nobody shows them how: what do sixty-four cars find out? Press play, then change "
        "what is paid for.",
        code=[dqn_loss, dqn_target, policy_gradient_loss, ppo_loss, gae, Reward.terms],
        opening=400,
    ),
    "pole": part(
        lab=Pole,
        cards=classics.POLE,
        maths=maths.pole,
        title="Balance a pole",
        question="Left or right, fifty times a second: how long does it take to learn that? Press "
        "play, then push.",
        code=[swing, DQN.learn, ActorCritic.learn],
        opening=300,
    ),
    "grid": part(
        lab=Grid,
        cards=classics.GRID,
        maths=maths.grid,
        title="A grid world, number by number",
        question="What is a place worth? Click a cell to change the world, and press play.",
        code=[value_iteration, move_values, transitions, QLearner.move],
        opening=5,
    ),
}
page_of_parts("driving", PARTS)
