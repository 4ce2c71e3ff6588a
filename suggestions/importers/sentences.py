"""Why a row of the ledger is refused, in sentences that tell the clerk what to correct."""

from django.utils.translation import gettext_lazy as _

UNKNOWN_ORGAN = _("No organ bears or bore the name “%(name)s”. Correct it, or add the name to the list of organs.")
ORGAN_TWICE = _("%(name)s is named twice among host and co-hosts.")
PERSON_TWICE = _("%(name)s is named twice among those who sign.")

_NO_DEPUTY = _("There is no county deputy %(name)s in the roster.")
_AMBIGUOUS = _("Several county deputies are called %(name)s: %(candidates)s. Add the certificate number.")
_OTHER_CERTIFICATE = _("The certificate number %(certificate)s is not that of %(name)s: %(candidates)s.")
_OTHER_DELEGATION = _("%(name)s does not sit in “%(delegation)s”: %(candidates)s.")

#: By code: the sentence without and with candidates.
PEOPLE = {
    "not_a_county_deputy": (
        _NO_DEPUTY,
        _("%(name)s is no county deputy: %(candidates)s. A county suggestion is led and signed by county deputies."),
    ),
    "ambiguous_deputy": (_AMBIGUOUS, _AMBIGUOUS),
    "other_certificate": (_OTHER_CERTIFICATE, _OTHER_CERTIFICATE),
    "other_delegation": (_OTHER_DELEGATION, _OTHER_DELEGATION),
}

MISSING = {
    "建议编号": ("number_missing", _("The number is missing.")),
    "标题": ("title_missing", _("The title is missing.")),
    "领衔代表": ("lead_missing", _("The lead deputy is missing.")),
    "主办单位": ("host_missing", _("The host is missing.")),
    "交办日期": ("hand_over_missing", _("The date of the hand-over is missing.")),
    "答复日期": ("reply_date_missing", _("The state says that it was answered, but the reply's date is missing.")),
    "答复文号": (
        "document_number_missing",
        _("The state says that it was answered, but the document number is missing."),
    ),
    "办理类别": ("result_class_missing", _("The state says that it was answered, but the result class is missing.")),
}

TOO_LONG = _("This is longer than %(limit)d characters.")
NUMBER_IN_ROW = _("Number %(serial)d already stands in row %(row)d.")
NUMBER_KNOWN = _("Number %(serial)d of session %(session)s is already in the portal.")
BEFORE_HAND_OVER = _("%(day)s lies before the hand-over on %(handed_over)s.")
UNKNOWN_FIELD = _("“%(value)s” is none of the subject fields: %(known)s.")
UNKNOWN_CLASS = _("“%(value)s” is none of the result classes: %(known)s.")
UNKNOWN_STATE = _("“%(value)s” is none of the states: %(known)s.")
UNKNOWN_OPINION = _("“%(value)s” is none of the opinions: %(known)s.")
UNKNOWN_MARK = _("“%(value)s” is no mark of a key suggestion: %(known)s.")
NOT_ANSWERED = _("The state says that it is being handled, but something of a reply is entered.")

NO_ROSTER = _("There is no county deputy yet. Please import the roster first.")
NO_SESSION = _("The title does not say of which session this ledger is. Please give it, such as 18-5.")
OTHER_SESSION = _("The title says session %(title)s, but %(given)s was given.")
