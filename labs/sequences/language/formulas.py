"""The maths of each part in the lecture's notation, each with a sentence of its numbers now."""

import math
from collections.abc import Mapping

import torch

from labs.data.text import PRINTABLE
from labs.live.controls import Value
from labs.numerals import counted
from labs.sequences.language.felt import FAR, Felt, trained
from labs.sequences.language.look import Look
from labs.sequences.language.progress import Progress
from labs.sequences.language.quiz import Question
from labs.sequences.language.throws import Throws
from labs.sequences.language.view.gradients import left

Blocks = list[tuple[str, str]]  # formula in LaTeX, sentence


def writing(look: Look) -> Blocks:
    """The recurrence, the softmax and the chain rule, with the numbers of the page."""
    logits, bits = look.logits, look.page.bits
    last = ", ".join(f"{b:.2f}" for b in bits[-6:].tolist())
    total, stepper = float(bits.sum()), look.page.stepper
    return [
        (
            r"\begin{gathered} h_t = \mathcal{H}(W_{xh} x_t + W_{hh} h_{t-1} + b_h) \\ "
            r"y_t = W_{hy} h_t + b_y \end{gathered}",
            f"Here x is one of {len(PRINTABLE)} symbols, h has {stepper.hidden} numbers in each of "
            f"{stepper.layers} layers, and y is {len(PRINTABLE)} logits, the largest of them "
            f"{logits.max():.3f} now.",
        ),
        (
            r"\begin{gathered} i, f, o = \sigma(\cdot), \quad g = \tanh(\cdot) \\ "
            r"c_t = f_t c_{t-1} + i_t g_t, \quad h_t = o_t \tanh c_t \end{gathered}",
            "The LSTM's recurrence; each dot is W x + W h + b with weights of its own. The "
            "unrolled table shows the gates of one unit.",
        ),
        (
            r"p_j = \frac{e^{y_j / \tau}}{\sum_i e^{y_i / \tau}}",
            f"The temperature is {look.how.temperature:g}; at temperature 1 the likeliest "
            f"character has p = {torch.softmax(logits, 0).max():.4f}.",
        ),
        (
            r"\begin{gathered} p(w_1 \dots w_T) = \prod_t p(w_t \mid w_1 \dots w_{t-1}) \\ "
            r"-\log_2 p = \sum_t \text{bits}_t \end{gathered}",
            f"The last characters cost … {last} bits. The {len(bits)} on the page add up to "
            f"{total:.1f} bits: p is about 10 to the power of −{total * math.log10(2):.0f}. "
            f"Perplexity {2 ** (total / max(1, len(bits))):.2f}.",
        ),
    ]


def counting(text: Throws) -> Blocks:
    """The counted probability, back-off and perplexity, with the numbers of the die."""
    found = text.found()
    total, first = int(found.counts.sum()), int(found.counts[0])
    return [
        (
            r"\begin{gathered} p(w_t \mid w_{t-n+1} \dots w_{t-1}) \\ = "
            r"\frac{\text{count}(w_{t-n+1} \dots w_t)}{\text{count}(w_{t-n+1} \dots w_{t-1})} "
            r"\end{gathered}",
            f"The commonest continuation came {first:,} of {total:,} times: "
            f"p = {first / total:.4f}.",
        ),
        (
            r"\text{back-off:}\quad n \to n - 1",
            f"Until the context occurs in the text that was counted. n is {text.n}; "
            f"the longest context that occurs here has {counted(found.order - 1, 'token')}.",
        ),
        (
            r"\text{perplexity} = \exp\Big(-\frac{1}{T} \sum_t \ln p(w_t \mid \dots)\Big)",
            "Among how many equally likely tokens the model seems to choose, on text that it has "
            "not counted.",
        ),
        (
            r"p_n = \frac{\text{count} + K\, p_{n-1}}{\text{total} + K}, \qquad p_0 = 1 / V",
            "Witten-Bell back-off, which the perplexities use: K is how many different tokens "
            f"followed the context, now {len(found.tokens)}.",
        ),
    ]


def learning(settings: Mapping[str, Value], progress: Progress, symbols: int) -> Blocks:
    """The loss, truncated backpropagation and clipping, with the numbers of the last step."""
    clip, reports = settings["clip"], progress.recent
    loss = reports[-1].loss if reports else progress.held_out
    norm = reports[-1].norm if reports else math.nan
    shrink = min(1.0, clip / norm) if reports else 1.0
    text = "the last batch" if reports else "the held-out text"
    clipped = (
        f"The last gradient had a norm of {norm:.3f} and was multiplied by {shrink:.3f}."
        if reports
        else "No step was taken yet."
    )
    return [
        (
            r"L = -\frac{1}{B\,T} \sum_{b,\,t} \ln p(x_{b,\,t+1} \mid x_{b,\,1} \dots x_{b,\,t})",
            f"On {text} it is {loss:.4f} nats a character, {loss / math.log(2):.3f} bits: as if it "
            f"chose among {math.exp(min(loss, 50)):.2f} equally likely characters. Knowing "
            f"nothing, it would choose among {symbols}.",
        ),
        (
            r"h_0^{(j+1)} := h_T^{(j)}, \quad \frac{\partial L^{(j+1)}}{\partial h_T^{(j)}} := 0",
            f"Truncated backpropagation through time: the state goes on from one stretch of "
            f"{settings['length']} characters to the next, the gradient does not.",
        ),
        (
            r"g \leftarrow g \cdot \min\Big(1, \frac{c}{\lVert g \rVert}\Big)",
            f"Clipping at {clip:g} against gradients that explode. {clipped}",
        ),
    ]


def memory(untrained: Mapping[str, Felt], bias: float) -> Blocks:
    """The product of Jacobians and the eigenvalues, with the numbers of the knobs."""
    net, lstm = untrained["rnn"], untrained["lstm"]
    radius = net.matrix.norm(dim=0).max().item()
    gate = 1 / (1 + math.exp(-bias))
    blocks = [
        (
            r"\begin{gathered} \frac{\partial L_T}{\partial h_{T-k}} = "
            r"\Big(\prod_{t=T-k+1}^{T} J_t^{\top}\Big) \frac{\partial L_T}{\partial h_T} \\ "
            r"J_t = \mathrm{diag}(1 - h_t^2)\, W_{hh} \end{gathered}",
            f"In the untrained RNN the largest of {net.matrix.shape[1]} eigenvalues of W has an "
            f"absolute value of {radius:.3f}: {FAR} steps of W alone would scale the gradient by "
            f"about {radius**FAR:.1e}. With the tanh's slopes of the last step it is "
            f"{net.radius:.3f}, and {FAR} such steps leave {net.radius**FAR:.1e}. Measured: "
            f"{left(net.reach[-1], '.1e')}.",
        ),
        (
            r"\frac{\partial c_T}{\partial c_{T-k}} \ni \prod_t f_t",
            "The LSTM's memory has a road without a matrix. A gate that stays at sigmoid("
            f"{bias:g}) = {gate:.3f} leaves {gate**FAR:.1e} of it after {FAR} steps. Its gates "
            f"begin near there; measured: {left(lstm.reach[-1], '.1e')}.",
        ),
    ]
    if "rnn" in (nets := trained()):
        learnt = nets["rnn"]
        blocks.append(
            (
                r"\rho(W_{hh}) > 1 \text{ and still } J_t \to 0",
                f"The trained RNN's matrix reaches {learnt.matrix.norm(dim=0).max():.2f}, far "
                f"outside the circle; its units are driven to −1 or 1, where the slope is nearly "
                f"0, and one step reaches {learnt.radius:.2f}. After {FAR} steps "
                f"{left(learnt.reach[-1], '.1e')} of the gradient is left.",
            )
        )
    return [(formula, sentence.replace("e-", "e−")) for formula, sentence in blocks]


def guessing(question: Question) -> Blocks:
    """What a passage costs the network, with the numbers of both."""
    true, own = question.bits[question.real], question.bits[1 - question.real]
    return [
        (
            r"\text{bits a character} = -\frac{1}{T} \sum_t \log_2 p(w_t \mid w_1 \dots w_{t-1})",
            f"The real passage costs {true:.3f} bits a character after the lines before it, the "
            f"written one {own:.3f}. What a network draws at a temperature below 1 is likelier to "
            "it than what people write: that it finds a passage easy does not make it real.",
        )
    ]


def turning_up(lines: dict[str, tuple[list[int], list[float]]]) -> str:
    """Return which n is best on the first of the curves, and why it turns up beyond."""
    if not lines:
        return "Eleven sentences are too few to hold a tenth out; choose a longer text."
    _, curve = next(iter(lines.values()))
    best = min(curve)
    return (
        f"The best is n = {curve.index(best) + 1} with a perplexity of {best:.2f} "
        f"({math.log(best):.3f} nats a token). Beyond it most contexts of the held-out text were "
        "never counted, or once: the model trusts accidents of its own text, and perplexity turns "
        "up again."
    )
