"""Who sees which cycle, topic and notice."""

from typing import Any

from django.db import models

from accounts.actor import Actor
from accounts.models import Role
from stations.models import StationStaff
from workflow import clock

#: Whoever takes part in a deliberation or handles what comes of it.
READERS = frozenset(
    {
        Role.CHAIRPERSON,
        Role.DEPUTY_CHAIRPERSON,
        Role.COMMITTEE_STAFF,
        Role.WORKING_BODY,
        Role.DELEGATION_OFFICER,
        Role.TOWNSHIP,
        Role.STATION,
        Role.DEPUTY,
        Role.GOVERNMENT_OFFICE,
        Role.ORGAN_HANDLER,
        Role.ORGAN_HEAD,
    }
)

#: States of a cycle in which its topics are told to everybody and opinions on them are asked for.
PUBLIC_STATES = ("MOBILISING", "VISITING", "DELIBERATING")


class CycleQuerySet(models.QuerySet):
    """Cycles as adjectives."""

    def visible_to(self, actor: Actor) -> "CycleQuerySet":
        """A cycle is no secret to whoever takes part; administrators and auditors have no business in it."""
        return self if actor.is_system or actor.role in READERS else self.none()


class TopicQuerySet(models.QuerySet):
    """Topics as adjectives."""

    def visible_to(self, actor: Actor) -> "TopicQuerySet":
        """What is only proposed, or was not selected, stays within the committee."""
        if actor.is_system or actor.is_committee:
            return self
        return self.filter(status="SELECTED") if actor.role in READERS else self.none()

    def public(self) -> "TopicQuerySet":
        """Selected, in cycles that are told to the public (R34, R35): from the mobilisation to the meetings."""
        return self.filter(status="SELECTED", cycle__status__in=PUBLIC_STATES)


class ReceiptQuerySet(models.QuerySet):
    """Notices at stations as adjectives."""

    def visible_to(self, actor: Actor) -> "ReceiptQuerySet":
        """The committee's people see all; whoever runs a station sees what was sent to it."""
        if actor.is_system or actor.is_committee:
            return self
        if actor.role != Role.STATION:
            return self.none()
        duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
        return self.filter(station__in=duties.values("station"))

    def in_force(self, cycle: Any) -> "ReceiptQuerySet":
        """Of the cycle's notices that were not withdrawn; a station has one at most."""
        return self.filter(notice__cycle=cycle, notice__status="ISSUED")
