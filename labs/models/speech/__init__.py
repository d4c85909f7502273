"""Speech to digits: what the ear of the net is, the net, and how its frames become an answer."""
