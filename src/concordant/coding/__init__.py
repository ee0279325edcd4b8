"""The coder: one module for each thing it reads off a text."""
