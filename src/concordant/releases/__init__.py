"""Releases: what of an event may leave for everybody to see."""

from concordant.releases.protecting import Policy as Policy
from concordant.releases.protecting import Protected as Protected
