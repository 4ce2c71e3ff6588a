"""The verbs of notifications: telling a fact, reading it, dropping it, sending it."""

from notifications.transitions.reading import mark_all_read, mark_read
from notifications.transitions.sending import send_due
from notifications.transitions.telling import Telling, notify, notify_many, restore, told, void, void_rows

__all__ = [
    "Telling",
    "mark_all_read",
    "mark_read",
    "notify",
    "notify_many",
    "restore",
    "send_due",
    "told",
    "void",
    "void_rows",
]
