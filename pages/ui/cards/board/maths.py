"""The formulas of the board labs, with the numbers of now."""

from labs.numerals import counted, number, percent, written
from labs.play.board.learning import Learning
from labs.play.board.play import Play
from labs.play.board.recipe import Recipe
from labs.play.board.sight import Seeing
from labs.play.board.tree import Searching
from labs.play.board.view import sides
from pages.ui.page import Blocks

SUM = (
    r"a^* = \arg\max_a\; Q(s, a) + U(s, a), \qquad "
    r"U(s, a) = c_{\mathrm{puct}}\, P(s, a)\, \frac{\sqrt{1 + \sum_b N(s, b)}}{1 + N(s, a)}"
)
BACK = r"N \leftarrow N + 1, \quad W \leftarrow W \pm v, \quad Q = W / N"
CHOICE = r"\pi(a) = \frac{N(a)^{1 / \tau}}{\sum_b N(b)^{1 / \tau}}"


def play(lab: Play) -> Blocks:
    """The policy, what the search made of it, and the value."""
    found = lab.now.thought
    if found is None:
        return [(SUM, "No search has ended yet; the board shows the policy P alone.")]
    word, best = lab.game.words(found.best), found.best
    side = sides(lab.game)[found.played.mover]
    likely = int(found.before.argmax())
    parts = [
        (r"P = \mathrm{softmax}(z) \text{ over the legal moves}",
         f"For {side} the likeliest is {lab.game.words(likely)} with "
         f"{percent(float(found.before[likely]))}; v = {written(found.value_before, '+.3f')} for "
         f"{sides(lab.game)[0]}."),
    ]  # fmt: skip
    if found.simulations:
        n = round(float(found.after[best]) * found.simulations)
        parts += [
            (SUM, f"The rule of each of the {found.simulations} simulations, at every node on the "
             "way down."),
            (CHOICE, f"N = {n} of {found.simulations} visits went to {word}, with Q = "
             f"{written(found.q[best], '+.3f')}; its prior was "
             f"{percent(float(found.before[best]))}. At temperature τ = 0 it is played."),
            (r"v' = \frac{\sum_a W(a)}{\sum_a N(a)}",
             f"The value after the search is {written(found.value_after, '+.3f')} for "
             f"{sides(lab.game)[0]}."),
        ]  # fmt: skip
    return parts


def search(lab: Searching) -> Blocks:
    """PUCT with the numbers of the chosen node, and what the knobs stand for."""
    sums = lab.opened.best_sum() if lab.tree else None
    c = lab.settings["c_puct"]
    if sums is None:
        return [(SUM, "At the chosen node nothing is chosen.")]
    word, n, total, q, p, u = sums
    rows = [
        (SUM, f"For {word}: Q = {written(q, '+.4f')}, U = {c:.1f} × {number(p)} × √{total} / "
         f"(1 + {n:.0f}) = {number(u)}; together {number(q + u)}, the largest here."),
        (BACK, "The sign changes with each step up: what is good for one player is bad for the "
         "other."),
        (CHOICE, f"τ = {lab.settings['temperature']:.2f}: at 0 only the most visited move is "
         "played, at 1 each with the share of its visits."),
        (r"\text{UCT:}\quad \arg\max_a\; \frac{W}{N} + c \sqrt{\frac{\ln \sum_b N(b)}{N(a)}}",
         "The rule before there were nets (2006): no prior, and the bonus shrinks more slowly with "
         "the visits. Switch the policy off to be near it."),
    ]  # fmt: skip
    if lab.settings["noise"]:
        rows.append(
            (r"P \leftarrow (1 - \varepsilon) P + \varepsilon\, \eta, \quad \eta \sim "
             r"\mathrm{Dir}(10 / n)",
             f"ε = {lab.settings['noise']:.2f}, at the root only, over its n = "
             f"{int(lab.played.legal.sum())} legal moves."),
        )  # fmt: skip
    if lab.settings["value"] == "both":
        rows.append((r"V(s) = (1 - \lambda)\, v(s) + \lambda\, z", "λ = 0.5 as in 2016; z is the "
                     "result of one random game from s."))  # fmt: skip
    return rows


def sight(lab: Seeing) -> Blocks:
    """The gradient, and what it leaves out."""
    return [
        (r"\frac{\partial z_a}{\partial x}",
         "The gradient of the chosen move's logit, or of the value, at each point of each plane."),
        (r"\sum_{c} x_c \frac{\partial z_a}{\partial x_c} \quad \text{and} \quad "
         r"z_a(x) - z_a(x \text{ without the stone})",
         "The first is the beginning of the second, as if the net were linear. They differ where a "
         "stone matters only together with others."),
        (r"y = \mathrm{relu}\left(x + \mathrm{BN}(W_2 * \mathrm{relu}(\mathrm{BN}(W_1 * x)))"
         r"\right)", f"A residual block; this net has {counted(lab.depth, 'block')}."),
    ]  # fmt: skip


def recipe(lab: Recipe) -> Blocks:
    """What each stage minimises, and the standard error of the table."""
    return [
        (r"\text{supervised:}\quad -\log p(a \mid s)",
         "a is the move of the stronger player, s a position of its games."),
        (r"\text{policy gradient (REINFORCE):}\quad \Delta\theta \propto (z - b)\, \nabla_\theta "
         r"\log p_\theta(a \mid s)",
         "z is the result of the game for who made the move, 1 or −1; b is the mean result of that "
         "side, which changes the noise and not the mean of the gradient."),
        (r"\text{value net:}\quad (v(s) - z)^2", "One position of each game, or few: neighbours "
         "say the same twice."),
        (r"\text{AlphaGo (2016):}\quad V(s) = (1 - \lambda) v(s) + \lambda z", "λ = 0.5; z is the "
         "result of a random game from s."),
        (r"\text{AlphaGo Zero (2017):}\quad (z - v)^2 - \pi^{\top} \log p + c \lVert \theta "
         r"\rVert^2", "π are the shares of the visits: the search is the teacher of the policy."),
        (r"\bar x \pm \sqrt{\frac{q (1 - q)}{n + 2}}, \quad q = \frac{\sum x + 1}{n + 2}",
         f"{counted(len(lab.games), 'game')} in the table; a win is 1 point, a draw a half. q adds "
         "a point won and a point lost: few games say little. Two shares that are closer than two "
         "standard errors may be the same."),
    ]  # fmt: skip


def learning(lab: Learning) -> Blocks:
    """The loss with its last two parts, and how many positions there are."""
    now = lab.losses[-1] if lab.losses else None
    said = (
        f"Last: {number(now[1])} nats of the policy, {number(now[2])} of the value."
        if now
        else "Nothing was learned yet: the buffer fills with the first games."
    )
    return [
        (r"\ell = (z - v)^2 - \pi^{\top} \log p", f"{said} π are the shares of the visits; "
         "weight decay stands for the penalty of the paper."),
        (r"z = \tfrac12 (\text{result}) + \tfrac12 (\text{value of the search})",
         "The paper has the result alone. The mean is less noisy, which counts in few games."),
        (r"\text{positions} = " + f"{lab.run.learner.seen:,}".replace(",", r"\,"),
         f"From {counted(lab.run.games_ended, 'game')}; each is learned from about "
         f"{lab.run.plan.reuse:.0f} times, turned or mirrored at random."),
    ]  # fmt: skip
