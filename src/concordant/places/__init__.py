"""Places: the gazetteer, search in it, resolution of names, and the geometry of near, between and within."""
