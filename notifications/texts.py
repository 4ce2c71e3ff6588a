"""What a notification says: the sentence of its kind, filled when it is shown, in the language of whoever reads.

No sentence counts the days: it may be read long after it was written.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification

#: Every kind that is told anywhere; ``name`` stands for the matter's number and title.
SENTENCES: Mapping[str, Any] = {
    "suggestion.hand_over": _("%(name)s was handed over to your office; please choose host and co-hosts."),
    "suggestion.send_back": _("%(name)s was sent back by the government office; please hand it over anew."),
    "suggestion.handed_over_deputies": _("%(name)s was handed over; it is being handled now."),
    "suggestion.assigned": _("%(name)s was handed over to you; please sign for receipt."),
    "suggestion.give_opinion": _("%(name)s: the opinion of co-host %(organ)s has come."),
    "suggestion.waive_opinion": _("%(name)s: the opinion of co-host %(organ)s is waived; you can reply without it."),
    "suggestion.release_reply": _("%(name)s was answered; the reply can be read now."),
    "suggestion.verdict_waits": _("%(name)s was judged by the lead deputy; the verdict waits to be released."),
    "suggestion.next_round": _("%(name)s: the deputy is not satisfied; it is handled again."),
    "suggestion.withdrawn": _("%(name)s was withdrawn by the lead deputy; handling ends here."),
    "suggestion.closed": _("%(name)s is closed; the deputy is satisfied."),
    "cycle.notice": _("%(name)s: a notice for %(station)s; please confirm that it was received."),
    "visit.logged": _("%(name)s: a deputy noted what a voter said; please complete the record."),
    "visit.to_confirm": _("%(name)s: your visit is written down; please see whether it is what was meant."),
    "visit.closed": _("%(name)s: the visit is settled; every voter was told."),
    "reminder.receipt_due": _("%(name)s: please sign for receipt by %(act_by)s."),
    "reminder.receipt_overdue": _("%(name)s: receipt should have been signed by %(act_by)s."),
    "reminder.co_host_due": _("%(name)s: the co-host's opinion is due by %(act_by)s."),
    "reminder.co_host_overdue": _("%(name)s: the co-host's opinion of %(organ)s was due by %(act_by)s."),
    "reminder.reply_due": _("%(name)s: the reply is due by %(act_by)s."),
    "reminder.reply_overdue": _("%(name)s: the reply was due by %(act_by)s and is late."),
    "reminder.feedback_due": _("%(name)s: please say by %(act_by)s whether you are satisfied."),
    "reminder.feedback_overdue": _("%(name)s: the deputy's evaluation was due by %(act_by)s."),
    "reminder.release_due": _("%(name)s: the verdict is to be released by %(act_by)s."),
    "reminder.release_overdue": _("%(name)s: the verdict should have been released by %(act_by)s."),
}


def sentence(notification: Notification) -> str:
    """What it says, in one line. A kind that no longer exists is told by its matter's name."""
    params = notification.params
    name = _("%(number)s “%(title)s”") if params.get("number") else _("“%(title)s”")
    words = {"organ": "", "station": "", **params, "act_by": _day(params.get("act_by", ""))}
    words["name"] = str(name) % {"number": params.get("number", ""), "title": params.get("title", "")}
    text = str(SENTENCES.get(notification.kind, "%(name)s")) % words
    return " ".join(text.split())


def _day(iso: str) -> str:
    """A date as letters write it, which no line breaks in two."""
    return formats.date_format(date.fromisoformat(iso), "DATE_FORMAT") if iso else ""
