"""The codebook: kinds of event, lexicons and rules as versioned data, with a user's own laid over them."""

from concordant.codebook.tables import Codebook as Codebook
from concordant.codebook.tables import CodebookError as CodebookError
from concordant.codebook.tables import Row as Row
