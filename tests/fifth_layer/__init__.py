"""A fifth layer, added as a contributor would: data, one record and messages."""
