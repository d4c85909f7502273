"""Pictures that a visitor brings: a file or the camera."""

import streamlit as st
from torch import Tensor

from labs.images import MAX_BYTES, decode
from pages.ui import lesson


def brought(lab: str, what: str) -> Tensor | None:
    """Return a picture (1, C, H, W) in [0, 1] that the visitor has just given, once; or None.

    A file that is no picture is answered by one sentence.
    """
    sources = {"file": lesson.upload(what, MAX_BYTES, f"{lab}:file")}
    if st.toggle("Use the camera", key=f"{lab}:camera"):
        sources["photo"] = st.camera_input(what, key=f"{lab}:photo")
        st.caption("Browsers give a camera to https pages and to localhost, to no others.")
    for name, source in sources.items():
        if source is None or st.session_state.get(f"{lab}:{name}:seen") == source.file_id:
            continue
        st.session_state[f"{lab}:{name}:seen"] = source.file_id
        try:
            return decode(source.getvalue())
        except ValueError as fault:
            lesson.notice(str(fault))
    return None
