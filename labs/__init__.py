"""The labs: PyTorch that a page can show, with no Streamlit anywhere."""
