"""Where does a name come from?  Three recurrent readers, letter by letter."""

import streamlit as st

from labs import zoo
from labs.data import names as lists
from labs.figures.heatmap import heatmap
from labs.figures.path import path as path_figure
from labs.models.names import NameReader
from labs.sequences.names import Names, plane, reading
from labs.sequences.names.padding import pack, table
from labs.sequences.names.view import followed
from pages.ui import lesson
from pages.ui.cards.names import SOURCES, cards
from pages.ui.downloads import offer
from pages.ui.page import Blocks, page
from pages.ui.stage import plain


def maths(lab: Names) -> Blocks:
    """The two directions, the softmax and the average over languages, with numbers."""
    largest = ", ".join(f"{key} {p.max():.4f}" for key, p in lab.reading.answers.items())
    metrics = zoo.manifest()[reading.READERS["both"]]["metrics"]
    return (
        (r"\begin{gathered}\overrightarrow{h}_t = \mathrm{GRU}(x_t, \overrightarrow{h}_{t-1}) \\ "
         r"\overleftarrow{h}_t = \mathrm{GRU}(x_t, \overleftarrow{h}_{t+1}) \\ "
         r"y = W\,[\overrightarrow{h}_T; \overleftarrow{h}_1] + b \\ "
         r"p(k \mid x) = \mathrm{softmax}(y)_k\end{gathered}",
         f"{len(lab.reading.read)} letters; the largest probability by reader: "
         f"{largest or 'none yet'}."),
        (r"\text{balanced accuracy} = \frac{1}{18} \sum_k \frac{\text{right}_k}{n_k}",
         f"{metrics['balanced_accuracy']:.1%} on {metrics['held_out_names']:.0f} names that "
         f"training never saw; {metrics['shared_names']:.0f} of them belong to several languages, "
         f"and where any of those counts as right it is {metrics['balanced_accuracy_any']:.1%}. "
         f"Without balance it is {metrics['held_out_accuracy']:.1%}."),
        (r"\ln p(k \mid x) - \ln p(k \mid x_t := \text{unknown})",
         "Leave one out: what the letter is worth to the winner k, in nats."),
        (r"\text{gradient} \times \text{letter}_t = "
         r"e(x_t)^{\top}\, \frac{\partial y_k}{\partial e(x_t)}",
         "The letter's embedding times the gradient of the winner's logit: to first order what the "
         "letter adds to it, against an embedding of zeros."),
    )  # fmt: skip


def confused(lab: Names) -> None:
    """The confusion matrix on the held-out names, once the lists are here."""
    if not lists.here() and not offer(
        "Download the lists of names", 164_000, lists.fetch, "names.fetch"
    ):
        return
    _, held = lists.split(lists.load())
    found, y = held.pairs()
    matrix = reading.confusion(lab.main, [lists.encode(name) for name in found], y)
    figure = heatmap(
        matrix.numpy(), labels=lists.LANGUAGES, x_title="what the net says",
        y_title="true language", unit="share", theme=lesson.theme(), height=560,
    )  # fmt: skip
    lesson.plot(figure, "names:confusion", "confusion matrix")
    claimed = lists.shared(lists.load())
    most = sorted(claimed, key=lambda name: -len(claimed[name]))[:4]
    told = "; ".join(f"{plain(name)} ({', '.join(claimed[name])})" for name in most)
    st.markdown(f"{len(claimed)} names of the lists belong to several languages, among them "
                f"{told}. No reader can be right about these for all.")  # fmt: skip


def path(lab: Names) -> None:
    """The states after every letter, in the plane."""
    now = lab.reading
    if not now.text:
        return
    points, places = plane.project(reading.states(lab.main, lists.encode(now.read)))
    near = {name: places[name] for i in followed(now.moving)
            if (name := lists.LANGUAGES[i]) in places}  # fmt: skip
    figure = path_figure(
        points.numpy(), list(now.read), near, x_title="first component",
        y_title="second component", theme=lesson.theme(),
    )  # fmt: skip
    lesson.plot(figure, "names:path", "path through the states")
    st.markdown("The state of the forward half after every letter, numbered in the order of "
                "reading, on the two directions in which the last states of many names differ "
                "most. Eight languages stand at the mean of their own names.")  # fmt: skip


def padding(lab: Names) -> None:
    """Names of different lengths in one batch."""
    words = [w for w in (lab.reading.text, "Li", "Papadopoulos", "Sato") if w.strip()]
    st.code(table(pack(words)), language=None)
    st.markdown("Names have different lengths. In a batch they are padded to a rectangle (·) and "
                "packed, the longest first: at each step only the names that still have letters "
                "are computed.")  # fmt: skip


page(
    Names,
    cards,
    maths=maths,
    tabs={"Path": path, "Padding": padding, "Confusion": confused},
    code=[NameReader, reading.after_each, reading.leave_one_out, reading.gradient],
    sources=SOURCES,
)
