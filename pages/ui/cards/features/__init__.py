"""The cards of the features lab, part by part."""
