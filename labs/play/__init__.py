"""Play: games and driving, learned from rewards."""
