"""How a suggestion comes in: entered from paper, then numbered and classified."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import How
from deliberations.models import SubjectField
from stations.models import CongressSession, Level, Mandate, Term
from suggestions import policies
from suggestions.models import CoSignature, Suggestion
from suggestions.transitions.machines import SUGGESTION, Verb
from suggestions.transitions.parts import check_day
from workflow import clock, numbering
from workflow.engine import Invalid, birth, lock, permit, record
from workflow.text import fold


@transaction.atomic
def submit(
    *,
    actor: Actor,
    lead: Mandate,
    co_signers: Sequence[Mandate] = (),
    title: str,
    facts: str,
    demand: str = "",
    origin: str = Suggestion.Origin.BETWEEN,
    publicity: str = Suggestion.Publicity.FULL,
    session: CongressSession | None = None,
    received_on: date | None = None,
    key: UUID | None = None,
) -> Suggestion:
    """Enter a suggestion that came on paper, on behalf of its lead deputy.

    ``key`` is the form's own: the same form sent twice gives the suggestion that is there. Raises NotAllowed, or Invalid when somebody who signs holds no active mandate of the county (own level,
    Deputies Law arts. 24, 36; scenario 33).
    """
    permit(policies.can_submit(actor))
    check_own_level(lead, co_signers)
    received_on = received_on or clock.today()
    check_day(received_on, "received_on", None)
    key = key or uuid4()
    suggestion = Suggestion(
        uuid=key,
        status=Suggestion.Status.SUBMITTED,
        created_at=clock.now(),
        received_on=received_on,
        lead=lead,
        delegation=lead.delegation,
        title=title.strip(),
        facts=facts.strip(),
        demand=demand.strip(),
        origin=origin,
        publicity=publicity,
        session=session,
    )
    suggestion.search_text = search_text(suggestion, co_signers)
    if not _saved(suggestion):
        return Suggestion.objects.get(uuid=key)
    sign_together(suggestion, co_signers)
    behalf = actor.recording(lead.person, How.PAPER)
    birth(suggestion, Verb.SUBMIT, actor=behalf, changes={"co_signers": [str(m.uuid) for m in co_signers]})
    return suggestion


@transaction.atomic
def register(
    suggestion: Suggestion,
    *,
    actor: Actor,
    version: int,
    field: SubjectField,
    reply_term: str,
    serial: int | None = None,
) -> Suggestion:
    """Number and classify; the next number of the series unless one is given. Raises Invalid for a taken number."""
    case = lock(suggestion, version=version)
    permit(policies.can_register(actor, case))
    SUGGESTION.require(case, Verb.REGISTER)
    series, scope = series_of(case)
    serial = _number(series, scope, serial)
    fields: dict[str, Any] = {
        "series": series,
        "scope": scope,
        "serial": serial,
        "field": field,
        "reply_term": reply_term,
        "registered_on": clock.today(),
    }
    case.serial = serial
    fields["search_text"] = search_text(case, co_signers(case))
    changes = {"series": series, "scope": scope, "serial": serial, "field": field.code, "reply_term": reply_term}
    record(case, SUGGESTION, Verb.REGISTER, actor=actor, changes=changes, fields=fields)
    return case


def series_of(suggestion: Suggestion) -> tuple[str, str]:
    """Series and scope of its number: those of a session count in it, others count by the year."""
    if suggestion.origin == Suggestion.Origin.SESSION and suggestion.session:
        return "SESSION", str(suggestion.session)
    return suggestion.origin, str(clock.today().year)


def next_serial(suggestion: Suggestion) -> int:
    """The number that registering would give now (only shown; ``register`` takes it)."""
    series, scope = series_of(suggestion)
    row = numbering.NumberSeries.objects.filter(code=series, scope=scope).first()
    return row.next if row else 1


def search_text(suggestion: Suggestion, co_signers: Sequence[Mandate]) -> str:
    """What a search looks through: number, title, text and the names of those who signed."""
    names = [suggestion.lead.person.name, *(mandate.person.name for mandate in co_signers)]
    return fold(suggestion.number, suggestion.title, " ".join(names), suggestion.facts, suggestion.demand)


def co_signers(suggestion: Suggestion) -> list[Mandate]:
    """The mandates of who signed along with the lead."""
    accepted = suggestion.cosignatures.filter(status=CoSignature.Status.ACCEPTED)
    return [signature.mandate for signature in accepted.select_related("mandate__person")]


def sign_together(suggestion: Suggestion, co_signers: Sequence[Mandate]) -> None:
    """Note who signed the paper along with the lead."""
    accepted = CoSignature.Status.ACCEPTED
    CoSignature.objects.bulk_create(
        CoSignature(suggestion=suggestion, mandate=mandate, status=accepted, at=clock.now()) for mandate in co_signers
    )


def current_session() -> CongressSession | None:
    """The latest session of the county's present term."""
    term = Term.objects.filter(level=Level.COUNTY, is_current=True).first()
    return term.sessions.order_by("-number").first() if term else None


def _saved(suggestion: Suggestion) -> bool:
    """Whether it is new; the same form may arrive twice at once."""
    try:
        with transaction.atomic():
            suggestion.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _number(series: str, scope: str, serial: int | None) -> int:
    if serial is None:
        return numbering.allot(series, scope)
    # asked only once the series is locked: two who give the same number at once come one after the other
    numbering.reserve(series, scope, serial)
    if Suggestion.objects.filter(series=series, scope=scope, serial=serial).exists():
        raise Invalid("serial", "number_taken", _("Number %(serial)s is already given."), serial=serial)
    return serial


def check_own_level(lead: Mandate, co_signers: Sequence[Mandate] = ()) -> None:
    """Raise Invalid unless all who sign are county deputies in office, each named once."""
    for field, mandate in [("lead", lead), *(("co_signers", mandate) for mandate in co_signers)]:
        if mandate.level != Level.COUNTY:
            raise Invalid(field, "wrong_level", _WRONG_LEVEL, name=mandate.person.name)
        if not mandate.is_active(clock.today()):
            raise Invalid(field, "not_active", _("%(name)s holds no active mandate."), name=mandate.person.name)
    if lead in co_signers or len(set(co_signers)) != len(co_signers):
        raise Invalid("co_signers", "twice", _("Someone is named twice among those who sign."))


_WRONG_LEVEL = _(
    "%(name)s is not a county deputy. A county suggestion needs a county deputy as lead; otherwise: ① a county "
    "deputy of the same station takes it up, ② it goes to the township presidium, ③ the standing committee "
    "submits it as an opinion of the deliberation."
)
