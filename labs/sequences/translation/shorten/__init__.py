"""A sentence with words left out: each is kept with a probability."""
