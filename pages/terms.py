"""A glossary: one line for each term, and a live state that shows it."""

import streamlit as st

from labs.lectures.terms import terms
from pages.ui.stage import plain
from pages.ui.stops import link

COLUMNS = 2

st.title("Terms", anchor=False)
st.markdown(":gray[One line for each, and a click leads to a live state that shows it.]")
found = terms()
asked = st.query_params.get("term")
for term in found:
    if term.name == asked:  # by a link in a page's text
        with st.container(key="asked", border=True, gap=None):
            st.page_link(**link(term.stop), label=f"**{term.name}**")
            st.markdown(plain(term.meaning))
half = -(-len(found) // COLUMNS)
box = st.container(key="terms")
for i, column in enumerate(box.columns(COLUMNS, gap="large")):
    with column:
        for term in found[i * half : (i + 1) * half]:
            with st.container(gap=None):
                st.page_link(**link(term.stop), label=f"**{term.name}**")
                st.markdown(f":gray[{plain(term.meaning)}]")
