"""What a printed code leads to: a station in use, or a deputy whom voters may turn to; anything else leads nowhere."""

from dataclasses import dataclass

from stations.models import Mandate, Station
from workflow import clock


@dataclass(frozen=True)
class Addressee:
    """To whom a voter writes: a station, or one of its deputies."""

    station: Station
    mandate: Mandate | None = None


def station_of(code: str) -> Station | None:
    """The station of a code; None for a code that was renewed or never printed, and for a closed station."""
    return Station.objects.public().select_related("township").filter(qr_token=code).first()


def deputy_of(code: str) -> Mandate | None:
    """The deputy of a code, with page, person and station; None also for one who is suspended or out of office."""
    rows = Mandate.objects.public(clock.today()).filter(page__qr_token=code)
    return rows.select_related("person", "district", "station__township", "page__photo", "term").first()


def addressee_of(code: str) -> Addressee | None:
    """To whom a message under this code goes; None where it goes nowhere. A deputy without a station gets none."""
    if station := station_of(code):
        return Addressee(station)
    mandate = deputy_of(code)
    if mandate is None or mandate.station is None or mandate.station.status != Station.Status.ACTIVE:
        return None
    return Addressee(mandate.station, mandate)
