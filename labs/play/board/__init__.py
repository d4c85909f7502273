"""Board games: rules, search, nets, self-play, and the labs of the page."""
