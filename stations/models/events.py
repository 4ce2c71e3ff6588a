"""The record of a station: its deputies, reception days and standards stand in it too."""

from django.db import models

from accounts.models import ActedEvent
from stations.models.places import Station
from workflow.models import EventDetail


class StationEvent(ActedEvent):
    """What happened to a station's entry."""

    station = models.ForeignKey(Station, models.PROTECT, related_name="events")

    class Meta:
        ordering = ["station", "seq"]
        constraints = [models.UniqueConstraint(fields=["station", "seq"], name="stationevent_in_order")]


class StationEventDetail(EventDetail):
    """The words of a station's event."""

    event = models.OneToOneField(StationEvent, models.PROTECT, related_name="detail")
