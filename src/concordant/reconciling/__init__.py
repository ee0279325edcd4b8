"""Reconciling: what all accounts of one happening say together, by rules that are data with a version."""

from concordant.reconciling.rules import Rules as Rules
from concordant.reconciling.values import EventValues as EventValues
from concordant.reconciling.values import reconcile as reconcile
