"""What deputies do not decide, and where it goes instead: told before a voter writes, and when a message is refused."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """A kind of matter, who is responsible for it, under which numbers, and the words of the refusal."""

    code: str
    matter: Any
    office: Any
    numbers: tuple[str, ...]
    reason: Any


WAYS = (
    Way(
        "URGENT",
        _("Danger to life, a crime, a fire, an accident"),
        _("Police, fire brigade, ambulance"),
        ("110", "119", "120"),
        _("It is urgent: dial 110 (police), 119 (fire brigade) or 120 (ambulance) at once."),
    ),
    Way(
        "PETITION",
        _("A petition, or a complaint about how your own matter was dealt with"),
        _("The county's office of letters and visits, or the hotline of the government"),
        ("12345",),
        _("It is a petition: please take it to the county's office of letters and visits, or dial 12345."),
    ),
    Way(
        "LAWSUIT",
        _("A lawsuit, a judgment, arbitration, enforcement"),
        _("The court, the procuratorate, legal aid"),
        ("12368", "12309", "12348"),
        _("It is for the courts: please raise it with the court (12368) or the procuratorate (12309), in time."),
    ),
    Way(
        "REPORT",
        _("A report of corruption or of an official's misconduct"),
        _("The commission for discipline inspection and supervision"),
        ("12388",),
        _("Reports of misconduct go to the commission for discipline inspection and supervision (12388)."),
    ),
)
CHOICES = [(way.code, way.matter) for way in WAYS]
_REASONS = {way.code: way.reason for way in WAYS}


def reason_of(code: str) -> str:
    """The words of a refusal as the voter reads them, in the county's language; empty for no such kind."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(_REASONS.get(code, ""))
