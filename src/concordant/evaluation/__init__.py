"""Evaluation: scoring coded reports against gold ones."""
