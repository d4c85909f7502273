"""Basics: one neuron, a net, its gradient, what it can approximate, and what makes it learn."""
