"""The table in which a network is designed."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

Line = tuple[str | int | None, ...]  # kind, width, kernel, stride
USUAL = {"width": 16, "kernel": 3, "stride": 1}
COLUMNS = ("layer", *USUAL)


def edit(lines: Sequence[Line], kinds: Sequence[str], key: str) -> list[Line]:
    """Return the lines of the table as the visitor has left it."""
    number = st.column_config.NumberColumn
    edited: list[dict[str, Any]] = st.data_editor(
        [dict(zip(COLUMNS, line, strict=True)) for line in lines],
        key=key,
        num_rows="dynamic",
        hide_index=False,
        width="stretch",
        placeholder="",
        column_config={
            "layer": st.column_config.SelectboxColumn("layer", options=list(kinds), required=True),
            "width": number("width", help="maps of a conv, units of a linear; empty: 16", step=1),
            "kernel": number("kernel", help="of a conv or a pool; empty: 3", step=1),
            "stride": number("stride", help="of a conv or a pool; empty: 1", step=1),
        },
    )
    return [
        (str(row["layer"]), *(filled(row.get(name), usual) for name, usual in USUAL.items()))
        for row in edited
        if row.get("layer")
    ]


def listing(rows: Sequence[Mapping[str, object]], *, narrow: bool = False) -> None:
    """Show the table of a network's layers; a narrow one leaves out what the editor says."""
    number = partial(st.column_config.NumberColumn, format="localized")
    columns = {name: number() for name in ("parameters", "multiply-adds", "memory (kB)")}
    if narrow:
        columns |= {"operation": None, "receptive field (px)": number("field (px)")}
    st.dataframe(rows, hide_index=True, column_config=columns)


def filled(value: object, usual: int) -> int:
    """Return the number in a cell, or what is usual for an empty one."""
    return int(value) if isinstance(value, int | float) and value == value else usual
