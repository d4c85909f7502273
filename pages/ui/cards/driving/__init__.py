"""The cards of the driving lab."""
