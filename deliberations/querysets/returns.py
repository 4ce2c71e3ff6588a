"""Who sees which monthly return."""

from typing import Any

from django.db import models

from accounts.actor import Actor
from accounts.models import Role
from workflow import clock


class MonthlyReturnQuerySet(models.QuerySet):
    """Monthly returns as adjectives."""

    def visible_to(self, actor: Actor) -> "MonthlyReturnQuerySet":
        """The committee reads all, whoever runs a station those of that station."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.role != Role.STATION:
            return self.none()
        station: Any = self.model._meta.get_field("station").related_model
        staff = station._meta.get_field("staff").related_model
        own = staff.objects.on_duty(clock.today()).filter(person=actor.person_id)
        return self.filter(station__in=own.values("station"))
