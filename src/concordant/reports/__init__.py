"""Reports: one published document each, kept whole, and the ways in which they come to us."""

from concordant.reports.report import Report as Report
