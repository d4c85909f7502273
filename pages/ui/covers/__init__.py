"""The gallery's pictures by section: a function with a lab's name makes its picture (H, W, 3)."""
