"""Who sees which trusted phone: what accounts cannot say, which know no stations."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime


def phones_to_confirm(actor: Any, phones: Any, mandates: Any, now: datetime) -> Any:
    """The phones that wait for this person: of those one sees, none of one's own."""
    seen = phones_visible_to(actor, phones.waiting(now), mandates, localtime(now).date())
    return seen.exclude(user__person=actor.person_id)


def phones_visible_to(actor: Any, phones: Any, mandates: Any, today: date) -> Any:
    """Of these phones those that one may see: staff all, a station those of its deputies, everybody their own."""
    if actor.is_staff or actor.is_system:
        return phones
    own = Q(user__person=actor.person_id)
    if actor.role == "STATION":
        own |= Q(user__person__in=mandates.run_by(actor, today).values("person"))
    return phones.filter(own) if actor.user else phones.none()
