"""Labs on sequences: text, names."""
