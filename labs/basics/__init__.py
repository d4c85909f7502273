"""The basics: one unit, nets on the plane, what they can approximate."""
