"""Six ways to choose settings race with the same budget; a Gaussian process under the hand."""

import streamlit as st

from labs.basics.search import acquisition, gaussian_process, halving
from labs.basics.search.by_hand import ByHand
from labs.basics.search.experiment import Search
from labs.basics.search.export import rows
from labs.basics.search.journal import content
from labs.basics.search.lecture import Ten
from labs.basics.search.racers import Racer
from labs.data import digits
from labs.live import Session
from pages.ui import lesson
from pages.ui.cards.search import CARDS, PROCESS, SOURCES, TEN, maths
from pages.ui.challenges import challenges_card
from pages.ui.downloads import offer
from pages.ui.page import Part, page_of_parts


def download(session: Session) -> None:
    """Offer MNIST, without which its objective cannot be chosen."""
    if not digits.mnist_here():
        size = sum(size for size, _ in digits.FILES.values())
        if offer("Download MNIST", size, digits.fetch_mnist, "search:mnist"):
            st.rerun()


def racers(lab: Search) -> list[Racer]:
    """Return all methods."""
    return list(lab.race.racers.values())


page_of_parts(
    "search",
    {
        "Race": Part(
            lab=Search,
            cards=CARDS,
            head=download,
            maths=maths.race,
            code=[gaussian_process, acquisition, halving],
            files=[
                ("Download all trials (CSV)", "search.csv",
                 lambda lab: lesson.csv_of(rows(racers(lab)))),
                ("Download the journal (Optuna)", "search.log", lambda lab: content(racers(lab))),
            ],
            sources=SOURCES,
            opening=4374,
        ),
        "Gaussian process": Part(
            lab=ByHand,
            cards=[PROCESS, challenges_card(ByHand.challenges, "measure")],
            title="A Gaussian process by hand",
            question="Where is it worth looking next? Click to measure, and turn what it believes.",
            maths=maths.process,
            code=[gaussian_process, acquisition],
            sources=SOURCES,
        ),
        "The lecture's ten": Part(
            lab=Ten,
            cards=[TEN],
            title="The lecture's ten settings",
            question="Do the same settings give the same losses? They are trained again.",
            maths=maths.ten,
            sources=SOURCES,
            opening=2700,
        ),
    },
)  # fmt: skip
