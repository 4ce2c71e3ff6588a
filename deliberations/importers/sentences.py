"""Why a row of the register is refused. No sentence repeats a name, a number or words of a voter: it is kept and shown."""

from django.utils.translation import gettext_lazy as _

MISSING_DAY = _("The day of the visit is missing.")
MISSING_STATION = _("The station is missing.")
MISSING_DEPUTIES = _("No deputy is named.")
MISSING_WORDS = _("What the voter said is missing.")
IN_FUTURE = _("%(day)s is still to come.")
TOLD_BEFORE = _("%(day)s lies before the visit on %(visit)s.")
UNKNOWN_STATION = _("There is no station “%(name)s” in the roster.")
AMBIGUOUS_STATION = _("Several stations are called “%(name)s”: %(codes)s. Write the station's number.")
UNKNOWN_DEPUTY = _("There is no deputy %(name)s in the roster.")
AMBIGUOUS_DEPUTY = _(
    "Several deputies are called %(name)s: %(candidates)s. None of them, or more than one, is of “%(station)s”."
)
DEPUTY_TWICE = _("%(name)s is named twice.")
NOT_ACTIVE = _("%(name)s held no active mandate on that day.")
BAD_PHONE = _("This is no telephone number.")
IN_ROW = _(
    "The same visit stands in row %(row)d already. If it was another voter, tell the two apart by name or village."
)
KNOWN_OTHERWISE = _(
    "This visit is in the portal already, but the row has changed since: %(from)s. Enter the change on the page of the visit."
)
NO_ROSTER = _("There is no deputy yet. Please import the roster first.")
