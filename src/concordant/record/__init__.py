"""The record: the store of reports, accounts, events and rulings; append-only, with every view as of any time."""

from concordant.record.errors import MissingError as MissingError
from concordant.record.errors import RecordError as RecordError
from concordant.record.errors import UnknownError as UnknownError
from concordant.record.filters import Filters as Filters
from concordant.record.forms import Counts as Counts
from concordant.record.forms import Event as Event
from concordant.record.forms import LogLine as LogLine
from concordant.record.forms import Outcome as Outcome
from concordant.record.forms import RawItem as RawItem
from concordant.record.forms import Receipt as Receipt
from concordant.record.forms import ReportView as ReportView
from concordant.record.forms import Skipped as Skipped
from concordant.record.pages import Intake as Intake
from concordant.record.record import Record as Record
from concordant.record.record import open_record as open_record
