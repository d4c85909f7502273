"""What stands on the stages: the cards of each lab, declared."""
