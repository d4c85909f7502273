"""Labs of nets that make pictures: autoencoders, generative adversarial networks."""
