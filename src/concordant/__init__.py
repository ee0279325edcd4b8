"""Concordant: from news reports of political violence to a conflict record that can be defended."""
