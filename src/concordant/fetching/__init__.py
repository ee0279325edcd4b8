"""Fetching pages over HTTP: one address at a time, politely, and never from inside the user's own network."""

from concordant.fetching.client import fetch as fetch
from concordant.fetching.client import fetcher as fetcher
