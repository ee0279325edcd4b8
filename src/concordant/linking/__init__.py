"""Linking: which accounts, in whichever language and outlet, tell of one happening; and which reports are copies."""

from concordant.linking.accounts import Account as Account
from concordant.linking.clustering import Cluster as Cluster
from concordant.linking.clustering import Edge as Edge
from concordant.linking.clustering import cluster as cluster
from concordant.linking.copies import SAME_DISPATCH as SAME_DISPATCH
from concordant.linking.copies import bands as bands
from concordant.linking.copies import origins as origins
from concordant.linking.copies import shared as shared
from concordant.linking.copies import signature as signature
from concordant.linking.keys import BLOCK_CAP as BLOCK_CAP
from concordant.linking.keys import block_keys as block_keys
from concordant.linking.neighbours import Neighbourhood as Neighbourhood
from concordant.linking.neighbours import neighbourhood as neighbourhood
from concordant.linking.pairing import EDGE as EDGE
from concordant.linking.revisions import revises_toll as revises_toll
from concordant.linking.scoring import PairScore as PairScore
from concordant.linking.scoring import score as score
from concordant.linking.standing import Standing as Standing
from concordant.linking.sums import covers as covers
from concordant.linking.sums import happenings_told as happenings_told
from concordant.linking.words import telling_words as telling_words
