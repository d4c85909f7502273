"""The cards of the board lab, one module a part."""
