"""Glassbox: `streamlit run app.py`, or `uvicorn app:app`, serves the pages and the live channel."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # the pages run from their own folder and import labs and pages.ui

from labs import process  # noqa: E402

process.prepare()

import streamlit as st  # noqa: E402

from labs import zoo  # noqa: E402
from labs.live.routes import live_routes  # noqa: E402


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Load what pages need before the first visitor comes, so that nobody waits for it."""
    for module in ("plotly.graph_objects", "sklearn.datasets", "labs.vision.digit.learning"):
        import_module(module)
    zoo.load("lenet-mnist")
    process.settle()
    yield


app = st.App(
    HERE / "pages" / "index.py",
    routes=live_routes(
        HERE / "pages" / "ui" / "stage",
        st.get_option("server.baseUrlPath"),
        st.get_option("server.corsAllowedOrigins"),
    ),
    lifespan=lifespan,
)
