"""Dialogues of a help desk, written by a small grammar: its words, its rules, its users."""
