"""Reports: one published document each, kept whole, and the ways in which they come to us."""

from concordant.reports.fetched import Fetch as Fetch
from concordant.reports.fetched import Fetched as Fetched
from concordant.reports.fetched import FetchError as FetchError
from concordant.reports.intake import iter_reports as iter_reports
from concordant.reports.language import detect_language as detect_language
from concordant.reports.report import Problem as Problem
from concordant.reports.report import Report as Report
from concordant.reports.report import Unreadable as Unreadable
from concordant.reports.report import report_id as report_id
