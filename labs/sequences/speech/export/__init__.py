"""Scripts that give the numbers on the screen without this project."""
