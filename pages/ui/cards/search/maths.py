"""The formulas of the searches, with the numbers of what has run."""

from urllib.parse import urlencode

from labs.basics.search import halving
from labs.basics.search.by_hand import ByHand
from labs.basics.search.experiment import Search
from labs.basics.search.export import playground
from labs.basics.search.lecture import Ten
from labs.basics.search.racers import Trial
from labs.numerals import counted, number
from pages.ui.cards.search import MEASURED
from pages.ui.page import Blocks


def found_at(trial: Trial) -> str:
    """Return the address at which the playground trains a trial's net."""
    return f"playground?{urlencode(playground(trial))}"


def race(lab: Search) -> Blocks:
    """What the methods do, with the numbers of the race."""
    o, race = lab.objective, lab.race
    dimensions = len(o.axes)
    grid = race.racers["grid"]
    levels = [len({t.unit[k] for t in grid.trials}) for k in range(dimensions)]
    best = {name: r.best.loss for name, r in race.racers.items() if r.best is not None}
    words = ", ".join(f"{name} {number(loss)}" for name, loss in best.items())
    R, eta = o.epochs, int(lab.settings["eta"])
    first = min(best, key=best.__getitem__, default="")
    link = ""
    if o.key == "spiral" and first:
        link = f" [The best net in the playground]({found_at(race.racers[first].best)})."
    return [
        (r"x^* = \arg\min_x \ell(x)",
         f"{o.title.capitalize()}: {o.about} Each method spends {race.budget:,} epochs, which are "
         f"{lab.settings['trainings']} trainings of {R} epochs. Lowest losses: "
         f"{words or 'none yet'}.{link}"),
        (r"n = k^D \;\Rightarrow\; k = n^{1/D}",
         f"A grid of {counted(len(grid.trials), 'trial')} has tried "
         f"{', '.join(map(str, levels))} values of its {dimensions} settings; random search tries "
         "another value of each in every trial. Where one setting has no effect, the grid repeats "
         f"itself. {MEASURED if o.key == 'surface' else ''}"),
        (r"\mathrm{EI}(x) = (\ell^* - \mu)\,\Phi(z) + \sigma\,\varphi(z), \quad "
         r"z = \frac{\ell^* - \mu}{\sigma}",
         "A Gaussian process gives mean and doubt of the loss at every place; the next trial is "
         "where the improvement that can be expected is largest. Optuna's sampler also fits the "
         "lengths of its kernel, by the likelihood."),
        (r"x \sim \arg\max_x \frac{p(x \mid \ell < \ell_\gamma)}{p(x \mid \ell \ge \ell_\gamma)}",
         "TPE compares two densities: of the settings of good trials and of the others."),
        (r"n_i = \lfloor n \eta^{-i} \rfloor, \quad r_i = r \eta^i, \quad "
         r"n = \left\lceil \frac{s_{\max} + 1}{s + 1} \eta^s \right\rceil, \quad r = R \eta^{-s}",
         f"R = {R}, η = {eta}: {counted(len(halving.hyperband(R, eta)), 'bracket')}. The table "
         "below the race has their numbers."),
    ]  # fmt: skip


def process(lab: ByHand) -> Blocks:
    """The process and the acquisition functions, with the numbers of the next place."""
    b, s = lab.belief(), lab.settings
    at = b.worth.argmax()
    return [
        (r"\mu(x) = k^\top (K + \nu I)^{-1} y, \quad "
         r"\sigma^2(x) = k(x, x) - k^\top (K + \nu I)^{-1} k",
         f"From {counted(len(lab.points), 'point')}; at {b.next:.3f} the mean is "
         f"{b.mean[at].item():.3f} and the doubt {b.std[at].item():.3f}. Before anything is "
         "measured the mean is 0 everywhere."),
        (r"k(x, x') = \sigma_f^2 \exp\left(-\frac{(x - x')^2}{2 l^2}\right)",
         f"σ_f = {s['signal']:g}, l = {s['length']:.3g} of the axis, ν = {s['noise']:.2g}; this is "
         "the squared exponential kernel, the others are in the code."),
        (r"\mathrm{EI} = (\ell^* - \mu)\,\Phi(z) + \sigma\,\varphi(z), \quad "
         r"\mathrm{UCB} = \beta\sigma - \mu, \quad \text{Thompson: } \arg\min_x f(x),\; "
         r"f \sim \mathcal{N}(\mu, \Sigma)",
         f"The lowest loss so far is {b.best:.3f}; the table beside the picture has the rest."),
        (r"\log p(y) = -\tfrac12 y^\top (K + \nu I)^{-1} y - \tfrac12 \log |K + \nu I| - "
         r"\tfrac{N}{2} \log 2\pi",
         f"{b.likelihood:.3f} nats with these knobs; *Likeliest length* takes the length at which "
         "it is largest."),
    ]  # fmt: skip


def ten(lab: Ten) -> Blocks:
    """What the slide has, what is trained here, and what differs."""
    rho = lab.agreement()
    found = f"It is {rho:.2f} now." if rho == rho else "Not all ten are through."
    return [
        (r"\eta = 10^a, \quad \lambda = 10^b, \quad h = 10^c",
         "The slide draws the exponents of learning rate, L2 penalty and hidden units from "
         "10⁻³…10⁻¹, 10⁻⁶…10⁻¹ and 10…1000, and gives the loss of each net on digits. It does not "
         "say how long they were trained, in which batches or by which optimizer."),
        (r"\ell = -\frac{1}{N} \sum_n \ln p_{y_n}(x_n), \quad "
         r"v \leftarrow 0.9 v + \nabla \ell + \lambda W, \quad W \leftarrow W - \eta v",
         f"Here a hidden layer of ReLUs learns 1,150 of scikit-learn's digits of 8 × 8 pixels for "
         f"{lab.settings['epochs']} epochs in batches of 32 with momentum 0.9; the loss is the "
         "cross-entropy of 288 others, without the penalty. Other data, other sizes: the losses "
         "need not agree, their order might."),
        (r"\rho = 1 - \frac{6 \sum_k d_k^2}{n (n^2 - 1)}",
         f"Spearman's rank correlation, d the difference of the two ranks. {found}"),
    ]  # fmt: skip
