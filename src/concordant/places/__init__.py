"""Places: the gazetteer, search in it, resolution of names, and the geometry of near, between and within."""

from concordant.places.gazetteer import Entry as Entry
from concordant.places.gazetteer import Gazetteer as Gazetteer
from concordant.places.gazetteer import GazetteerError as GazetteerError
from concordant.places.gazetteer import default_gazetteer as default_gazetteer
