"""Archives: many reports at once, on one machine or many."""

from concordant.archive.local import map_reports as map_reports
from concordant.archive.outcome import Failure as Failure
from concordant.archive.outcome import Outcome as Outcome
from concordant.archive.worker import WorkerStartError as WorkerStartError
