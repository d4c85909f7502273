"""Plotly figures by visual form, and the one definition of colour.  NumPy and Plotly only."""
