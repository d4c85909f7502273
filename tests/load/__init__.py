"""Load: real visitors, each with a Streamlit session and a live channel, against a real server."""
