"""Learning from games against itself, one step at a time."""
