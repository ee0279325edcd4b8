"""The web app: pages in which a record is seen, understood and put right, and the same as data."""
