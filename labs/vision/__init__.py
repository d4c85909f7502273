"""Vision: from one convolution to what a network dreams."""
