"""The load test: a room full of people at one server.  `python -m tests.load`."""
