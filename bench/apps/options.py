"""The options of the filter that is clicked, in the order of the vocabulary."""

STATUSES = ("early-stage", "under-construction", "completed", "suspended", "cancelled", "unknown")
