"""Where are the sounds?  Digits as a wave, a spectrogram, states, and a lattice of paths."""

from functools import partial

import streamlit as st

from labs import zoo
from labs.live import Session
from labs.models.speech import greedy, mel, net
from labs.numerals import written
from labs.sequences.speech import ctc, hearing, pen, prefixes
from labs.sequences.speech.listen import Listen
from labs.sequences.speech.sounding import NET
from labs.sequences.speech.sums import Sums
from labs.sound_files import FORMATS, LONGEST, MAX_BYTES
from pages.ui import lesson
from pages.ui.cards import speech as cards
from pages.ui.page import Blocks, Part, page_of_parts

LAB = "speech"


def brought(session: Session) -> None:
    """Let the visitor speak, or bring a file."""
    with st.popover("Speak, or bring a sound"):
        st.caption("Say some English digits. Browsers give a microphone to https pages and to "
                   "localhost, to no others.")  # fmt: skip
        spoken = st.audio_input("Speak", sample_rate=16_000, key=f"{LAB}:spoken")
        lesson.bring_file(session, spoken, f"{LAB}:spoken")
        st.caption(f"Files: {FORMATS}, up to {LONGEST:g} s.")
        lesson.bring(session, "A sound", MAX_BYTES, f"{LAB}:file")


def hearing_maths(lab: Listen) -> Blocks:
    """From the wave to the answer, with the numbers of this sound."""
    heard, metrics = lab.heard, zoo.manifest()[NET]["metrics"]
    p = heard.lattice.log_prob.exp()
    said = " ".join(heard.text) or "nothing"
    share = metrics.get("left_out_accuracy")
    strangers = (
        f" Nets that never heard a speaker get {share:.1%} of that speaker's digits right."
        if share
        else ""
    )
    return (
        (r"X_t(f) = \sum_{n=0}^{199} w_n\, x_{80 t - 100 + n}\, e^{-2 \pi i f n / 8000}, \quad "
         r"w_n = \tfrac{1}{2} - \tfrac{1}{2} \cos \frac{2 \pi n}{200}",
         f"{len(heard.wave):,} samples make {heard.x.shape[1]} windows, one every 10 ms."),
        (r"\mathrm{mel}(f) = 2595 \log_{10}(1 + f / 700), \quad "
         r"S_{bt} = 10 \log_{10} \sum_f M_{bf}\, |X_t(f)|^2",
         f"M has {mel.BANDS} triangles, equally far apart in mel. The loudest cell of this sound "
         f"has {written(heard.x.max(), '.1f')} dB; the net hears {net.RANGE:.0f} dB below it."),
        (r"h_t = [\overrightarrow{\mathrm{GRU}}(c_1 \ldots c_t);\ "
         r"\overleftarrow{\mathrm{GRU}}(c_T \ldots c_t)], \quad y_t = \mathrm{softmax}(W h_t + b)",
         f"c: what three convolutions make of S. There are {len(heard.path)} frames of 40 ms, and "
         f"a distribution over ten digits and the blank for each."),
        (r"p(l \mid x) = \sum_{\pi:\ \mathcal{B}(\pi) = l}\ \prod_t y_t(\pi_t)",
         f"B merges equal neighbours and leaves out blanks. All paths that say {said} have "
         f"p = {written(p, '.4f')}, −ln p = {written(-heard.lattice.log_prob, '.4f')} nats."),
        (r"\mathrm{WER} = \frac{\text{changed} + \text{left out} + \text{put in}}{\text{words}}",
         f"On takes that it never heard: {metrics['single_digit_accuracy']:.1%} of single digits "
         f"are right, {metrics['word_error_rate']:.1%} of the words in strings of four are wrong, "
         f"{metrics['word_error_rate_20_db_noise']:.1%} in noise 20 dB below." + strangers),
    )  # fmt: skip


def sums_maths(lab: Sums) -> Blocks:
    """The recursions, with the numbers of the chosen node."""
    found, (s, t) = lab.sums, lab.chosen
    p = found.log_prob.exp()
    joint = (found.alpha + found.beta).exp()
    return (
        (r"\alpha_t(s) = y_t(l_s) \big(\alpha_{t-1}(s) + \alpha_{t-1}(s-1) "
         r"\,[+\, \alpha_{t-1}(s-2)]\big)",
         f"The term in brackets only where row s is no blank and differs from row s − 2. "
         f"Here α = {written(found.alpha[t, s].exp(), '.4f')}."),
        (r"\beta_t(s) = \sum_{r} \beta_{t+1}(r)\, y_{t+1}(l_r)",
         f"over the rows r that s leads to; β = {written(found.beta[t, s].exp(), '.4f')}."),
        (r"p(l \mid x) = \sum_s \alpha_t(s)\, \beta_t(s) \quad \text{for every } t",
         "Frame by frame: " + ", ".join(written(v, ".4f") for v in joint.sum(1)) + "."),
        (r"\frac{\partial \ln p}{\partial u_t(k)} = "
         r"\frac{1}{p} \sum_{s:\ l_s = k} \alpha_t(s)\, \beta_t(s) - y_t(k)",
         f"u: the logits; −ln p = {written(-found.log_prob, '.4f')} nats is the loss."
         if p > 0 else "No path says this text: its loss is ∞."),
    )  # fmt: skip


part = partial(Part, sources=cards.SOURCES)
PARTS = {
    "listen": part(
        lab=Listen,
        cards=cards.listening.CARDS,
        title="Listen",
        question="Where are the sounds? Type, speak or draw digits, drag over the wave, and switch "
        "sounds off.",
        maths=hearing_maths,
        code=[mel.window, mel.filters, mel.power, mel.log_mel, net.SpeechCTC, greedy.collapse,
              ctc.lattice, hearing.gradients, prefixes.prefix_search, pen.tones],
        head=brought,
        files=[("Download the weights (safetensors)", f"{NET}.safetensors",
                lambda _: zoo.stored(NET))],
    ),
    "sums": part(
        lab=Sums,
        cards=cards.summing.CARDS,
        title="Forward and backward",
        question="How are all paths added up? Drag a probability, and follow the sums.",
        maths=sums_maths,
        code=[ctc.lattice, ctc.ctc_loss, ctc.likeliest, ctc.all_paths, ctc.logit_gradient],
    ),
}  # fmt: skip
page_of_parts(LAB, PARTS, default="listen")
