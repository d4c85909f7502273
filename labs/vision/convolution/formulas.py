"""The operation and its relatives in the lecture's notation, with the numbers of now."""

from collections.abc import Mapping, Sequence

from labs.numerals import written
from labs.vision.convolution import kernels
from labs.vision.convolution.channels.layer import Layer
from labs.vision.convolution.channels.volume import dense_weights
from labs.vision.convolution.fit.descent import Descent
from labs.vision.convolution.pipeline.row import Row
from labs.vision.convolution.pipeline.view import table
from labs.vision.convolution.plane.answer import Answer
from labs.vision.convolution.signal.matrix import counts
from labs.vision.convolution.signal.sliding import Sliding

Blocks = tuple[tuple[str, str], ...]  # (formula, sentence)


def lines(*formulas: str) -> str:
    """Return formulas one under another: beside each other they would not fit on a phone."""
    return r"\begin{gathered}" + r" \\[1ex] ".join(formulas) + r"\end{gathered}"


def plane(a: Answer) -> Blocks:
    """Return the operation in two dimensions, its output's side, and its rank."""
    how, m, x, y = a.how, len(a.kernel), a.x, a.output
    parts = kernels.separate(a.kernel)
    column, row = (", ".join(map(written, part.tolist())) for part in (parts.column, parts.row))
    side = f"⌊({x.shape[1]} + 2·{how.padding} − {how.dilation}·({m} − 1) − 1) / {how.stride}⌋ + 1"
    return (
        (r"y_{i,j} = \sum_{u,v} w_{u,v}\; x_{s i + d u - p,\; s j + d v - p}",
         "Deep learning's convolution, which mathematicians call cross-correlation; theirs has "
         r"$x_{i-u,\,j-v}$: the kernel turned by 180 degrees."),
        (r"n' = \left\lfloor \frac{n + 2p - d(m-1) - 1}{s} \right\rfloor + 1",
         a.fault or f"Here {side} = {y.shape[1]}." if not how.transposed else
         f"Transposed, the other way round: s (n − 1) + d (m − 1) + 1 − 2p = {y.shape[1]}."),
        (r"w = \sum_{r} \sigma_r\, u_r v_r^{\top}",
         f"The rank is {parts.rank}; the largest term is the column ({column}) times the row "
         f"({row}). Rank 1 costs 2m = {2 * m} products a pixel instead of m² = {m * m}."),
    )  # fmt: skip


def line(s: Sliding) -> Blocks:
    """Return the operation in one dimension, and the weights of its three relatives."""
    n, m = len(s.x), len(s.w)
    every, local, shared = counts(n, m)
    return (
        (lines(r"y_i = \sum_u w_u\, x_{i+u-p} \quad\text{(cross-correlation)}",
               r"y_i = \sum_u w_u\, x_{i-u+p'} \quad\text{(convolution)}"),
         f"Here {n} + 2·{s.padding} − {m} + 1 = {len(s.y)} outputs. The second is the first with "
         "the taps turned round."),
        (lines(r"\text{fully connected: } n^2", r"\text{local: } 3n - 2 \;(m = 3)",
               r"\text{shared: } m"),
         f"Here {every:,}, {local:,} and {shared}."),
    )  # fmt: skip


def volume(layer: Layer) -> Blocks:
    """Return the operation over channels, and what it costs."""
    side, m, d, cost = layer.side, layer.size, layer.maps, layer.costs
    share = cost["separable"].products / cost["bank"].products
    every = dense_weights(layer.x.shape[1:], (d, side, side))
    pixels, units, field = 200 * 200, 400_000, 10 * 10
    return (
        (r"y_{k,i,j} = \sum_{c} \sum_{u,v} w_{k,c,u,v}\; x_{c,\,i+u,\,j+v}",
         "The sum runs over the channels c too, but the window does not slide along them: the "
         "lecture's slide writes the sum over k and leaves k out of the input's index; meant is "
         r"$x_{s+i,\,t+j,\,k}$."),
        (lines(r"\text{parameters } d\,C\,m^2", r"\text{multiply-adds } H'W'\, d\,C\,m^2"),
         f"Here {d} · 3 · {m}² = {cost['bank'].parameters:,} and {side}² times as many, "
         f"{cost['bank'].products:,}. Fully connected: {every:,}. The lecture's picture of "
         f"200 × 200 with 400,000 hidden units: {pixels:,} × {units:,} = {pixels * units:,} "
         f"weights; with fields of 10 × 10: {field * units:,}; and shared: {field} a map."),
        (r"\frac{C m^2 + d\,C}{d\,C\,m^2} = \frac{1}{d} + \frac{1}{m^2}",
         "Depthwise and then 1 × 1 costs that share of the bank: here "
         f"1/{d} + 1/{m * m} = {share:.3f}."),
    )  # fmt: skip


def pool(s: Mapping, changes: Sequence[float]) -> Blocks:
    """Return ReLU, the pools, and what is measured, for settings s."""
    x, rectified, largest, mean, _ = changes
    return (
        (lines(r"\mathrm{ReLU}(x) = \max(0, x)",
               r"y_{i,j} = \max_{0 \le u,v < m} x_{si+u,\,sj+v} \quad\text{(maximum)}",
               r"y_{i,j} = \frac{1}{m^2} \sum_{u,v} x_{si+u,\,sj+v} \quad\text{(average)}"),
         f"Here m = {s['size']} and s = {s['stride']}. Neither has a parameter. The gradient of "
         "the maximum goes to the winner alone, that of the mean to all alike."),
        (r"\frac{\lVert P(x') - P(x) \rVert}{\lVert P(x) \rVert}",
         f"With x' the moved picture: {x:.1%} of the picture itself differs, {rectified:.1%} "
         f"after ReLU, {largest:.1%} after the maximum, {mean:.1%} after the average. Pooling is "
         "less sensitive to a shift, not blind to it: only a shift by a whole stride moves the "
         "pooled map along unchanged."),
    )  # fmt: skip


def stages(row: Row) -> Blocks:
    """Return how the receptive field grows."""
    name, _, sees, jump, _ = table(row)["rows"][row.at]
    return (
        (lines(r"r_l = r_{l-1} + (m_l - 1)\, j_{l-1}", r"j_l = s_l\, j_{l-1}", "r_0 = j_0 = 1"),
         f"A unit of “{name}” sees r × r = {sees} pixels, and its neighbour begins j = {jump} "
         f"{'pixel' if jump == '1' else 'pixels'} further on. A ReLU has m = s = 1 and changes "
         "neither."),
    )  # fmt: skip


def valley(run: Descent, rate: float, momentum: float) -> Blocks:
    """Return the descent, and why it crawls."""
    return (
        (lines(r"v \leftarrow \beta v - \eta \nabla L(w), \qquad w \leftarrow w + v",
               r"\nabla L(w) = \tfrac{2}{N}\; x \star (x \star w - y)"),
         "The gradient of a cross-correlation is again one: of the input with the error. Here "
         f"β = {momentum:.3f}, and η = {rate:.2f} / "
         r"$\lambda_{\max}$ " f"= {rate / run.steepest:.4f}."),
        (lines(r"\kappa = \lambda_{\max} / \lambda_{\min}",
               r"\text{steps} \sim \kappa \;\text{without momentum}",
               r"\text{steps} \sim \sqrt{\kappa} \;\text{with it}"),
         "Neighbouring pixels of a photograph are nearly equal, so a change of all taps together "
         r"moves the output much ($\lambda_{\max}$, the steepest direction), and one tap "
         r"against its neighbour hardly at all ($\lambda_{\min}$, the flattest): the loss is a "
         f"narrow valley. Here κ = {run.condition:,.0f} and √κ = {run.condition ** 0.5:,.0f}."),
    )  # fmt: skip
