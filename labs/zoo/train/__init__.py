"""How the checkpoints are remade: the table `recipes.RECIPES`, and what its rows share."""
