"""Scopes of deliberation."""

from deliberations.querysets.cycles import CycleQuerySet, ReceiptQuerySet, TopicQuerySet

__all__ = ["CycleQuerySet", "ReceiptQuerySet", "TopicQuerySet"]
