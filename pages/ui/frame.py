"""The frame: page configuration, the presenter switch, and the little CSS that Streamlit needs."""

import streamlit as st

from pages.ui.icon import icon

PRESENTER = "presenter"

# Streamlit's wide margin above a page is wasted above a stage.
CSS = """
[data-testid="stMainBlockContainer"] { padding: 2.2rem 2rem 4rem; max-width: 1500px; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.8rem; padding: 0 0 .9rem; line-height: 1.1; }
[data-testid="stApp"]:not(:has([data-testid="stExpandSidebarButton"])) [data-testid="stSidebar"] {
  min-width: 210px !important; max-width: 210px !important;
}
[class*="st-key-card-"] { position: relative; }
[class*="st-key-card-"]:hover { border-color: currentColor; }
[class*="st-key-card-"] :has(a) { position: static; }
[class*="st-key-card-"] a { position: static; padding-left: 0; }
[class*="st-key-card-"] a p { font-size: 1.1rem; }
[class*="st-key-card-"] a::after { content: ""; position: absolute; inset: 0; }
[class*="st-key-card-"] [data-testid="stElementToolbar"] { display: none; }
.st-key-terms a { padding-left: 0; }
[data-testid="stCaptionContainer"] { color: light-dark(#646c7d, #8d97aa) !important; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { opacity: 1 !important; }
[class*="st-key-picture-"] { aspect-ratio: 100 / 34; }
[data-testid="stApp"]:has([data-testid="stExpandSidebarButton"])
  [data-testid="stMainBlockContainer"] { padding-top: 4.2rem; } /* below that button */
@media (max-width: 760px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem .8rem 3rem; }
  [data-testid="stHorizontalBlock"] > :has(h1) { min-width: 100%; }
}
@media (forced-colors: active) { /* the chosen part of a page, else told by colour alone */
  [data-testid="stApp"] button[aria-checked="true"] {
    forced-color-adjust: none; background: Highlight; color: HighlightText;
  }
}
"""
EMBEDDED_CSS = """
[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] { display: none; }
[data-testid="stApp"] [data-testid="stMainBlockContainer"] { padding: .8rem 1rem; }
"""
PRESENTER_CSS = """
[data-testid="stMainBlockContainer"] { max-width: none; padding: 1.2rem 1.4rem 2rem; }
[data-testid="stMainBlockContainer"] h1 { font-size: 2.6rem; }
[data-testid="stMainBlockContainer"] p { font-size: 1.25rem; }
"""


def configure() -> None:
    """Set title, layout and margins."""
    presenting = st.session_state.get(PRESENTER, st.query_params.get(PRESENTER) == "true")
    st.set_page_config(
        page_title="Glassbox",
        page_icon=icon(),
        layout="wide",
        initial_sidebar_state="collapsed" if presenting else "auto",
    )
    st.html(f"<style>{CSS}{EMBEDDED_CSS if st.context.is_embedded else ''}</style>")


def presenter_switch() -> None:
    """Show the switch for the projector: larger type and stage, controls and answers away."""
    with st.sidebar:
        on = st.toggle(
            "Presenter",
            key=PRESENTER,
            bind="query-params",
            help="Larger type, no controls, no hints, no sidebar (» brings it back). A clicker's "
            "keys step through the stage.",
        )
    if on:
        st.html(f"<style>{PRESENTER_CSS}</style>")
