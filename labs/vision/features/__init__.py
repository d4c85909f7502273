"""Features of pictures: what people made by hand, and what networks learn."""
