"""A conversation with a net, and what it looks at while it answers."""
