"""Actors: the register of named parties, and the resolution of names to it."""
