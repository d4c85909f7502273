"""Basics: one neuron, a net, its gradient, and what makes it learn."""
