"""Benchmarks: what must be fast, measured.  `python -m tests.bench [NAME] [--json]`.

A module here that has `rows()` is a benchmark; nothing is asserted, every number is reported.
"""

HELPERS = ("__main__", "hand", "lucent", "measure")  # these measure nothing themselves
