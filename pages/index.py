"""The frame around every page: title, sections, presenter switch."""

from pathlib import Path

import streamlit as st

from pages.catalogue import ENTRIES, SECTIONS
from pages.ui import frame, lecture, stops

HOME = st.Page("home.py", title="Glassbox", url_path="home", default=True)
LECTURES = st.Page("lectures.py", title="Lectures", url_path="lectures")
TERMS = st.Page("terms.py", title="Terms", url_path="terms")


def draw() -> None:
    """Draw the frame and the page that is open."""
    frame.configure()
    for entry in ENTRIES.values():
        if not (Path(__file__).parent / f"{entry.place}.py").exists():
            raise ValueError(f"pages/catalogue.py names pages/{entry.place}.py, which is not there")
    pages = {
        section: [st.Page(f"{e.place}.py", title=e.title, url_path=e.name) for e in entries]
        for section, entries in SECTIONS.items()
    }
    page = st.navigation({"": [HOME, LECTURES, TERMS], **pages}, expanded=True)
    frame.presenter_switch()
    stops.arrive(page.url_path)
    page.run()
    lecture.bar()


if __name__ == "__main__":  # a worker of labs/cluster imports this file, and draws nothing
    draw()
