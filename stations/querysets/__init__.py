"""Who sees which station, deputy and reception day, and in which state they are."""

from stations.querysets.places import (
    DistrictQuerySet,
    MandateQuerySet,
    StaffQuerySet,
    StandardCheckQuerySet,
    StandardItemQuerySet,
    StationQuerySet,
)
from stations.querysets.receptions import DutyQuerySet, ReceptionDayQuerySet, ReceptionRuleQuerySet

__all__ = [
    "DistrictQuerySet",
    "DutyQuerySet",
    "MandateQuerySet",
    "ReceptionDayQuerySet",
    "ReceptionRuleQuerySet",
    "StaffQuerySet",
    "StandardCheckQuerySet",
    "StandardItemQuerySet",
    "StationQuerySet",
]
