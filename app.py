"""Glassbox: `streamlit run app.py`, or `uvicorn app:app`, serves the pages and the live channel."""

import asyncio
import inspect
import os
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
from starlette.middleware import Middleware  # noqa: E402

from labs.data import digits  # noqa: E402
from labs.live import handshakes, proxies  # noqa: E402
from labs.live.routes import live_routes  # noqa: E402
from labs.vision.digit import Digit  # noqa: E402
from labs.vision.digit.learning import Learning  # noqa: E402
from pages.ui.host import Host  # noqa: E402
from pages.ui.sessions import forget_ended  # noqa: E402

STAGE = HERE / "pages" / "ui" / "stage"


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Do once what the first visitor would wait for: imports, weights, data, first calls."""
    import_module("plotly.graph_objects")
    inspect.stack()  # Streamlit looks who calls it; the first look finds every module's file
    handshakes.end_unfinished()
    Digit().frame()
    Learning(digits.small())
    process.settle()
    tidying = asyncio.create_task(process.tidy(forget_ended))
    yield
    tidying.cancel()


app = st.App(
    HERE / "pages" / "index.py",
    routes=live_routes(
        STAGE,
        st.get_option("server.baseUrlPath"),
        st.get_option("server.corsAllowedOrigins"),
    ),
    middleware=[
        Middleware(proxies.Proxies, os.environ.get(proxies.SETTING, proxies.PRIVATE)),
        Middleware(Host),
    ],
    lifespan=lifespan,
)
