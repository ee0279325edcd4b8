"""Review: what people decide about accounts, claims and reports; superseded by a later decision, never overwritten."""

from concordant.review.claims import Claim as Claim
from concordant.review.claims import claim_id as claim_id
from concordant.review.claims import claims_of as claims_of
from concordant.review.marking import QuotationError as QuotationError
from concordant.review.marking import mark as mark
from concordant.review.marking import stands as stands
from concordant.review.rulings import Judgement as Judgement
from concordant.review.rulings import Ruling as Ruling
from concordant.review.rulings import RulingError as RulingError
from concordant.review.rulings import RulingKind as RulingKind
from concordant.review.rulings import standing as standing
