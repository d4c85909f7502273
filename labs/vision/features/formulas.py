"""The formulas of the features lab, with the numbers of the moment."""

from collections.abc import Mapping, Sequence

from labs.numerals import number, written
from labs.vision.features.edges.canny import Canny
from labs.vision.features.teach.answer import Heads, Seen
from labs.vision.features.teach.examples import Examples

Blocks = Sequence[tuple[str, str]]


def edges(s: Mapping, c: Canny, at: tuple[int, int]) -> Blocks:
    """Return Canny's steps for settings s at a pixel."""
    row, col = at
    now = {k: getattr(c, k)[0, 0, row, col].item() for k in
           ("right", "down", "magnitude", "ahead", "behind")}  # fmt: skip
    weak, strong, kept = (int(x.sum()) for x in (c.weak & ~c.strong, c.strong, c.edges))
    return [
        (r"\nabla = (S_x * G_\sigma * x,\; S_y * G_\sigma * x), \qquad |\nabla| = "
         r"\sqrt{\nabla_x^2 + \nabla_y^2}",
         f"At row {row}, column {col}: ∇ = ({number(now['right'])}, {number(now['down'])}), "
         f"|∇| = {number(now['magnitude'])}, with σ = {written(s['sigma'], '.1f')} pixels."),
        (r"\text{kept} \iff |\nabla|(p) \ge |\nabla|(p + d) \;\wedge\; |\nabla|(p) \ge "
         r"|\nabla|(p - d), \qquad d \parallel \nabla(p)",
         f"One step along the gradient it is {number(now['ahead'])}, one step back "
         f"{number(now['behind'])}."),
        (r"\text{edge} \iff |\nabla| \ge t_2 \;\vee\; (|\nabla| \ge t_1 \text{ and joined to an "
         r"edge})",
         f"t₁ = {written(s['low'], '.2f')}, t₂ = {written(s['high'], '.2f')}: {strong:,} strong "
         f"and {weak:,} weak pixels, of which {kept:,} are edges."),
    ]  # fmt: skip


def corners(s: Mapping, large: float, small: float) -> Blocks:
    """Return the structure tensor and the response, for the two eigenvalues of a pixel."""
    det, trace = large * small, large + small
    return [
        (r"M = \sum_q w(q)\, \nabla(q)\, \nabla(q)^\top = \begin{pmatrix} \langle \nabla_x^2 "
         r"\rangle & \langle \nabla_x \nabla_y \rangle \\ \langle \nabla_x \nabla_y \rangle & "
         r"\langle \nabla_y^2 \rangle \end{pmatrix}",
         f"Its eigenvalues at the chosen pixel: λ₁ = {number(large)}, λ₂ = {number(small)}. The "
         "half axes of the ellipse are their roots."),
        (r"R = \det M - k\, (\operatorname{tr} M)^2 = \lambda_1 \lambda_2 - k\, (\lambda_1 + "
         r"\lambda_2)^2",
         f"{number(det)} − {written(s['k'], '.3f')} · {number(trace)}² = "
         f"{number(det - s['k'] * trace**2)}."),
    ]  # fmt: skip


def hog(s: Mapping, rows: int, numbers: int) -> Blocks:
    """Return how histograms are made and normalised."""
    d, cell = 9, s["cell"]
    return [
        (r"h_b = \frac{1}{|C|} \sum_{q \in C} |\nabla(q)| \, \big[\, \theta(q) \in \text{bin } b "
         r"\,\big], \qquad \theta \in [0°, 180°)",
         f"{cell * cell} pixels of a cell vote for {d} directions of {180 / d:.4g} degrees."),
        (r"v \leftarrow \frac{v}{\sqrt{\|v\|^2 + \epsilon^2}}, \quad v \leftarrow \min(v, 0.2), "
         r"\quad v \leftarrow \frac{v}{\sqrt{\|v\|^2 + \epsilon^2}}",
         f"for every block of 2 × 2 cells: {rows - 1} × {rows - 1} blocks of {4 * d} numbers are "
         f"{numbers:,}."),
        (r"\min_z \; \| \mathrm{HOG}(G_{0.8} * z) - \mathrm{HOG}(x) \|^2 \,/\, \| "
         r"\mathrm{HOG}(x) \|^2",
         "is what the picture on the right has stepped down, by Adam. For it a pixel votes for the "
         "two nearest directions, so that its vote changes without a jump."),
    ]  # fmt: skip


def sift(s: Mapping, matches: int, right: int, seen: int) -> Blocks:
    """Return the ratio test, and what is counted."""
    return [
        (r"(i, j) \text{ match} \iff \|a_i - b_j\| < r \cdot \|a_i - b_{j'}\|, \text{ and each is "
         r"the other's nearest}",
         f"with r = {written(s['ratio'], '.2f')}: {matches} matches."),
        (r"\text{right} \iff \| T(p_i) - q_j \| \le 3 \text{ pixels}",
         f"{right} of them are right; both pictures show {seen} of the first picture's key "
         "points. T is the turn and the scale that made the second picture."),
        (r"d_i^{\text{learned}} = \frac{A(p_i)}{\|A(p_i)\|}",
         "A(p) are the numbers that all maps of a layer have at the key point: the points are "
         "SIFT's for both, only the descriptor is another."),
    ]  # fmt: skip


def head(l2: float, heads: Heads, seen: Seen, examples: Examples) -> Blocks:
    """Return the head's loss and its answer to what is seen."""
    made, shares = heads.by["learned"], heads.shares(seen, "learned")
    best = int(shares.argmax())
    name = examples.names[heads.present[best]]
    logits = made(seen.features["learned"])[0]
    size = made.weight.square().sum().item()
    return [
        (r"\min_{W, b} \; \sum_{n=1}^{N} -\log \mathrm{softmax}(W f(x_n) + b)_{y_n} + "
         r"\frac{\lambda}{2} \|W\|^2",
         f"N = {len(examples)} examples, {made.in_features:,} features, {made.out_features} "
         f"classes, λ = {written(l2, '.3g')}; at the optimum ‖W‖² = {number(size)}. The body f is "
         "EfficientNet-Lite0 and stays as it is."),
        (r"P(k \mid x) = \mathrm{softmax}(W f(x) + b)_k",
         f"For what is seen the largest logit is {number(logits[best].item())}, for “{name}”: "
         f"{written(100 * shares[best].item(), '.1f')} %."),
        (r"\text{Grad-CAM}_k(u) = \max\Big(0, \sum_m \frac{W_{km}}{h w} A_m(u)\Big), \qquad "
         r"f_m = \frac{1}{h w} \sum_u A_m(u)",
         f"The last maps A have {seen.maps.shape[1]} × {seen.maps.shape[2]} cells; the features "
         "are their means, so the gradient of a logit is a weight divided by the cells."),
    ]  # fmt: skip


def heads(s: Mapping) -> Blocks:
    """Return the losses of the four runs."""
    return [
        (r"L_{\text{both}} = L_{\text{form}}(W_1 f_\theta(x)) + L_{\text{colour}}(W_2 f_\theta(x))",
         "Two heads read the same features; with θ frozen they do not meet, and training them "
         "together or apart is the same. With θ trained, both losses pull at it."),
        (r"\theta \leftarrow \mathrm{Adam}(\theta, \nabla_\theta L, \eta), \qquad W \leftarrow "
         r"\mathrm{Adam}(W, \nabla_W L, 10\,\eta)",
         f"η = {written(s['rate'], '.1e')}. θ is the last block and the layer after it, 1,013,696 "
         "numbers; the heads begin near 0 and take ten times the rate."),
        (r"\text{kept} = \frac{1}{M} \sum_{m=1}^{M} \big[\, \arg\max V f_\theta(x_m) = \arg\max V "
         r"f_{\theta_0}(x_m) \,\big]",
         "ImageNet's own last layer V is not trained; what it says of 28 pieces of photographs "
         "changes with the features that it reads."),
    ]  # fmt: skip
