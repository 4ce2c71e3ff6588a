"""What the monthly return of a station holds: the names of its figures, which the station's record tells too."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

#: Every figure of a monthly return in the order of the sheet.
FIGURES: Mapping[str, Any] = {
    "reception_days": _("reception days held"),
    "visits": _("visits to voters"),
    "voter_meetings": _("voters' meetings"),
    "other_ways": _("by appointment, code or letter"),
    "meetings": _("deliberation meetings"),
    "trainings": _("trainings"),
    "deputies": _("deputies taking part"),
    "voters": _("voters met"),
    "opinions": _("opinions collected"),
    "answered": _("answered on the spot"),
    "to_township": _("to village or township"),
    "to_meeting": _("to the deliberation meeting"),
    "to_suggestion": _("to become suggestions"),
    "to_higher": _("to deputies of a higher level"),
    "refused": _("not accepted, and told why"),
    "settled": _("opinions settled"),
    "told": _("voters told"),
}
