"""Every act × every point of a suggestion's life × every role and relation: the answer is what the tables say.

States come from the machines; who may do what and who sees what is written down here once more, apart from the
policies. The views are called as the middleware calls them; a last test goes the whole way over HTTP.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.actor import SYSTEM
from accounts.models import Role
from accounts.transitions.organ_acts import reorganise
from deliberations.models import SubjectField
from files.models import ImportBatch
from stations.models import Mandate
from suggestions.models import Reply
from suggestions.querysets import PRIVATE
from suggestions.transitions import (
    ASSIGNMENT,
    MACHINES,
    REPLY,
    SUGGESTION,
    cosigning,
    council,
    drafting,
    extending,
    key,
    screening,
)
from suggestions.transitions.importing import LedgerCase, Source, import_cases, open_session
from suggestions.transitions.taking_back import take_back_ledger
from suggestions.views import acts
from suggestions.views.catalogue import ACTS
from suggestions.views.commitments import COMMITMENT_ACTS
from suggestions.views.drafting_acts import SIGNATURE_ACTS
from tests.factory import make_actor, make_organ, make_station
from tests.suggestions.commitment_factory import followed, hand_in, of
from tests.suggestions.factory import (
    accepted,
    assigned,
    at_office,
    contact,
    drafted,
    evaluate,
    fresh,
    in_review,
    judged,
    make_scan,
    opinion,
    registered,
    replied,
    submitted,
    transitions,
    version_of,
)
from tests.suggestions.objection_factory import agreed, merged, objected
from tests.suggestions.web import act_url, signed_in
from workflow import acting, clock
from workflow.engine import Refused

COMMITTEE = {"staff", "chairperson", "deputy_chairperson", "working_body"}
SIGNERS = {"lead", "co_signer", "own_station"}
#: Who speaks for the lead before it is handed in.
WRITERS = {"lead", "own_station", "staff"}
#: The heir acts for the organ that the host went over into (scenario 41).
HOST, CO_HOST = {"host", "host_head", "heir"}, {"co_host", "co_host_head"}
#: Roles that see no suggestion at all in this part of the portal.
ELSEWHERE = {
    Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.DELEGATION_OFFICER, Role.TOWNSHIP,
    Role.COUNTY_LEADER, Role.PARTY_OFFICE,
}  # fmt: skip

#: Staff record what the council of chairpersons decides; its members enter it themselves.
COUNCIL = {"staff", "chairperson", "deputy_chairperson"}

#: Who may do what: to the whole, to the host's part, to the co-host's part.
WHOLE = {
    "edit_draft": WRITERS,
    "confirm_draft": WRITERS,
    "invite": WRITERS,
    "submit": WRITERS,
    "register": {"staff"},
    "return": {"staff"},
    "refuse": {"staff"},
    "refer": {"staff"},
    "merge": {"staff"},
    "dissolve": {"staff"},
    "hand_over": {"staff"},
    "allot": {"office"},
    "send_back": {"office"},
    "release_verdict": {"staff"},
    "nominate_key": {"staff"},
    **dict.fromkeys(["designate_key", "decline_key", "put_on_agenda", "go_on", "end_by_resolution"], COUNCIL),
    "continue_with": {"staff"},
    "correct": {"staff"},
    "withdraw": {"staff"},
}
PARTS = {
    "sign_receipt": (HOST, CO_HOST),
    "object": (HOST, CO_HOST),
    "reopen_objection": ({"staff", "office"}, {"staff", "office"}),
    "agree_objection": ({"office"}, {"office"}),
    "grant_objection": ({"staff"}, {"staff"}),
    "record_contact": (HOST, CO_HOST),
    "give_opinion": (set(), CO_HOST | HOST),
    "waive_opinion": (set(), {"staff"}),
    "draft_reply": (HOST, set()),
    "request_extension": (HOST, set()),
    "agree_extension": ({"office"}, set()),
    "grant_extension": ({"staff"}, set()),
}
REPLIES = {
    "submit_reply": HOST,
    "return_reply": HOST,
    "sign_reply": HOST,
    "deliver": HOST | {"staff"},
    "evaluate": SIGNERS | {"staff"},
    "hand_in_form": HOST,
    "confirm_form": {"staff"},
}
#: Verbs that no person does by a page: the birth by a page of its own or an import, and what follows by itself.
WITHOUT_PAGE = {"draft", "collect", "import", "annul", "release_reply", "recount", "regroup", "change_part"}
WITHOUT_PAGE |= {"close_follow_up"}
#: Answers of who is asked to sign along: their pages belong to the signature (see test_cosigning).
ON_SIGNATURES = {"co_sign", "decline"}
#: What is done to one line of a reply: their pages belong to the commitment (see test_commitments).
ON_COMMITMENTS = {"report_commitment", "confirm_commitment", "deny_commitment", "note_broken"}
#: Rights that a relation of the moment changes: who wrote the draft, whether the office has agreed.
BY_THE_POINT = {"discard", "refuse_extension", "refuse_objection"}


@dataclass
class Point:
    """A suggestion at one point of its life, and who sees it there beside committee and signers."""

    build: object
    seen_by: set = field(default_factory=set)
    has_verdict: bool = False
    earlier_round: bool = False
    #: Only these see it, where the deputy still writes.
    only: set = field(default_factory=set)
    #: Who wrote the draft.
    writer: str = "staff"
    #: Whether somebody must still say of it that it is what was meant.
    unconfirmed: bool = False
    #: The state of a request for a later date.
    extension: str = ""
    #: The state of the host's objection, and whether the days for one have passed.
    objection: str = ""
    too_late: bool = False
    #: Whether it is handled together with a leading suggestion, where the acts are done.
    led: bool = False
    #: Whether there was an answer, in whatever round.
    answered: bool = False
    #: Whether a form that the host collected waits to be confirmed.
    form: bool = False
    #: Whether the lead is out of office.
    lead_gone: bool = False
    #: Whether a draft has all that it needs to be signed.
    complete: bool = False

    def sees(self, who):
        """Whether the suggestion is there for this person."""
        return who in (self.only or COMMITTEE | SIGNERS | self.seen_by)


def signed(county):
    """Signed and not released, which lasts no longer than the act itself."""
    reply = in_review(county)
    Reply.objects.filter(pk=reply.pk).update(
        status="SIGNED", doc_no="1号", letter_on=reply.assignment.suggestion.received_on
    )
    return reply.assignment.suggestion


def complete(county):
    """A draft after the contact and with the co-host's opinion."""
    case = drafted(county).assignment.suggestion
    contact(county, case)
    opinion(county, case)
    return case


def with_verdict(county):
    reply = replied(county)
    evaluate(county, reply)
    return reply.assignment.suggestion


def refused(county):
    case = submitted(county)
    words = {"refusal": "IN_COURT", "reason": "法院已受理。"}
    return screening.refuse(case, actor=county.staff, version=version_of(case), **words)


def referred(county):
    case = submitted(county)
    return screening.refer(case, actor=county.staff, version=version_of(case), to="市人大代表")


def sheet_of(county, actor=None):
    """A draft, by its deputy or by the liaison for them."""
    words = {"title": "关于修南门路的建议", "facts": "道路窄，两车会不开。"}
    return drafting.draft(actor=actor or county.deputy, lead=county.lead, **words)


def being_signed(county):
    case = sheet_of(county)
    return cosigning.invite(case, actor=county.deputy, version=version_of(case), deputies=[county.second])


def sent_back(county):
    case = sheet_of(county)
    case = drafting.hand_in(case, actor=county.deputy, version=version_of(case))
    return screening.return_for_completion(case, actor=county.staff, version=version_of(case), reason="请写清路段。")


def given_up(county):
    case = sheet_of(county)
    return drafting.discard(case, actor=county.deputy, version=version_of(case))


def nominated(county):
    case = registered(county)
    return key.nominate_key(case, actor=county.staff, version=version_of(case), reason="关系全县。")


def later_date_asked(county):
    case = accepted(county)
    part = case.assignments.exclude(part="CO_HOST").get()
    words = {"reason": "需报批。", "measures": "先修一段。", "explained_how": "上门说明。", "signed_by": "郑局长"}
    words |= {"new_due_on": case.received_on + timedelta(120), "explained_on": case.received_on}
    extending.request_extension(part, actor=county.host, version=version_of(case), **words)
    return case


def raised(county):
    return objected(county, accepted(county)).assignment.suggestion


def raised_and_agreed(county):
    return agreed(county, objected(county, accepted(county))).assignment.suggestion


def days_gone_by(county):
    case = accepted(county)
    case.assignments.update(objection_until=case.received_on - timedelta(1))
    return case


def led_and_allotted(county):
    lead, led, _third = merged(county)
    words = {"to": county.office.post.organ, "on": lead.received_on}
    transitions.hand_over(lead, actor=county.staff, version=version_of(lead), **words)
    lead = fresh(lead)
    words = {"host": county.bureau, "co_hosts": [county.helper]}
    transitions.allot(lead, actor=county.office, version=version_of(lead), **words)
    return led


def before_the_council(county):
    case = replied(county).assignment.suggestion
    return council.put_on_agenda(case, actor=county.staff, version=version_of(case), reason="请研究。")


def form_brought(county):
    reply = replied(county)
    hand_in(county, reply)
    return reply.assignment.suggestion


def followed_up(county):
    return of(followed(county))


def bereft(county):
    case = accepted(county)
    Mandate.objects.filter(pk=county.lead.pk).update(ended_on=case.received_on, end_reason="DIED")
    return case


def withdrawn(county):
    case = accepted(county)
    scan = make_scan()
    return transitions.withdraw(case, actor=county.staff, version=version_of(case), on=case.received_on, letter=scan)


def import_taken_back(county):
    facts = {"facts": "末班车太早。", "field": SubjectField.objects.first(), "host": county.bureau}
    row = LedgerCase(
        source=Source("台账.xlsx", "0" * 64, "台账", "", 3), serial=1, title="关于增开公交班次的建议",
        lead=county.lead, handed_over_on=clock.today(), status="HANDLING", **facts,
    )  # fmt: skip
    with transaction.atomic():
        (case,) = import_cases([row], session=open_session(18, 5, actor=SYSTEM), actor=SYSTEM)
    batch = ImportBatch.objects.create(kind="suggestions", name="台账.xlsx", sha256="0" * 64, at=clock.now())
    take_back_ledger(batch, actor=county.staff)
    return case


def case_of(build):
    return lambda county: build(county).assignment.suggestion


HANDED = {"office"}
ALL = HANDED | HOST | CO_HOST
POINTS = {
    "draft": Point(sheet_of, only=WRITERS, writer="lead"),
    "typed by the liaison": Point(
        lambda county: sheet_of(county, county.liaison), only=WRITERS, writer="own_station", unconfirmed=True
    ),
    "being signed along": Point(being_signed, only=WRITERS | {"co_signer"}, writer="lead"),
    "sent back": Point(sent_back, only=WRITERS, writer="lead"),
    "given up": Point(given_up, only=WRITERS, writer="lead"),
    "import taken back": Point(import_taken_back, only={"staff"}),
    "nominated": Point(nominated),
    "later date asked": Point(later_date_asked, ALL, extension="REQUESTED"),
    "objected": Point(raised, ALL, objection="REQUESTED"),
    "objection agreed": Point(raised_and_agreed, ALL, objection="OFFICE_AGREED"),
    "too late to object": Point(days_gone_by, ALL, too_late=True),
    "leading others": Point(lambda county: merged(county)[0]),
    "led by another": Point(lambda county: merged(county)[1], led=True),
    "led and allotted": Point(led_and_allotted, ALL, led=True),
    "before the council": Point(before_the_council, ALL, answered=True),
    "submitted": Point(submitted),
    "refused": Point(refused),
    "referred": Point(referred),
    "registered": Point(registered),
    "at the office": Point(at_office, HANDED),
    "assigned": Point(assigned, ALL),
    "accepted": Point(accepted, ALL),
    "drafted": Point(case_of(drafted), ALL),
    "complete": Point(complete, ALL, complete=True),
    "in review": Point(case_of(in_review), ALL),
    "signed": Point(signed, ALL),
    "replied": Point(case_of(replied), ALL, answered=True),
    "judged": Point(with_verdict, ALL, has_verdict=True, answered=True),
    "second round": Point(lambda county: judged(county, "DISSATISFIED"), ALL, earlier_round=True, answered=True),
    "form handed in": Point(form_brought, ALL, answered=True, form=True),
    "followed up": Point(followed_up, ALL, answered=True),
    "lead died": Point(bereft, ALL, lead_gone=True),
    "closed": Point(judged, ALL, answered=True),
    "withdrawn": Point(withdrawn, ALL),
}


def people(county):
    """Every role, and every relation that a role may have to the suggestion."""
    elsewhere = {role.value: make_actor(role) for role in sorted(ELSEWHERE)}
    other_office = make_organ("开发区管委会", "GOVERNMENT_OFFICE")
    return elsewhere | {
        "staff": county.staff,
        "chairperson": make_actor(Role.CHAIRPERSON),
        "deputy_chairperson": make_actor(Role.DEPUTY_CHAIRPERSON),
        "working_body": make_actor(Role.WORKING_BODY),
        "office": county.office,
        "other_office": make_actor(Role.GOVERNMENT_OFFICE, organ=other_office),
        "host": county.host,
        "host_head": county.head,
        "heir": make_actor(Role.ORGAN_HANDLER, organ=make_organ("县综合交通局")),
        "co_host": county.co_host,
        "co_host_head": make_actor(Role.ORGAN_HEAD, organ=county.helper),
        "other_organ": county.stranger,
        "lead": county.deputy,
        "co_signer": county.co_signer,
        "other_deputy": make_actor(Role.DEPUTY),
        "own_station": county.liaison,
        "other_station": make_actor(Role.STATION, station=make_station()),
    }


def gone_over(county, actors):
    """The host's organ goes over into another."""
    reorganise(county.bureau, actor=SYSTEM, successor=actors["heir"].post.organ, on=clock.today())


def expected(point, case, verb, part, who):
    """What the tables say: 404 not seen, 403 not theirs, 409 not now, else the page."""
    if not point.sees(who):
        return 404
    reply = getattr(part, "reply", None) if verb in REPLIES else None
    if verb in REPLIES and not reads(reply, who):
        return 404
    if who not in may(point, verb, part, reply):
        return 403
    return 200 if possible(point, case, verb, part) else 409


def reads(reply, who):
    if reply is None:
        return False
    return reply.status == "RELEASED" or who in COMMITTEE | HOST | HANDED


def may(point, verb, part, reply):
    if verb == "discard":
        return {"lead", point.writer} - ({"staff"} if point.writer == "staff" else set())
    if verb == "refuse_extension":
        offices = {"office"} if point.extension == "REQUESTED" else set()
        return {"staff"} | offices if part.is_host else set()
    if verb == "refuse_objection":
        return {"staff"} | ({"office"} if point.objection == "REQUESTED" and part.is_host else set())
    if part is None:
        return WHOLE[verb]
    if reply is not None:
        return REPLIES[verb]
    allowed = PARTS[verb][0 if part.is_host else 1]
    # an organ has nothing more to do with what was taken from it
    return allowed & {"staff"} if part.status == "ENDED" else allowed


#: What else must hold beside the states of the machines.
READY = {
    "continue_with": lambda point, case: point.lead_gone,
    "confirm_form": lambda point, case: point.form,
    "release_verdict": lambda point, case: point.has_verdict,
    "confirm_draft": lambda point, case: point.unconfirmed,
    "invite": lambda point, case: not point.unconfirmed,
    "submit": lambda point, case: not point.unconfirmed,
    "nominate_key": lambda point, case: not case.key_nomination,
    "merge": lambda point, case: not case.key_nomination and case.merge_group is None,
    "dissolve": lambda point, case: case.merge_group is not None,
    "hand_over": lambda point, case: not point.led and (case.is_key or not case.key_nomination),
    "sign_receipt": lambda point, case: not (point.earlier_round or point.led),
    "reopen_objection": lambda point, case: point.too_late and not point.led,
    "agree_objection": lambda point, case: point.objection == "REQUESTED",
    "grant_objection": lambda point, case: point.objection == "OFFICE_AGREED",
    "refuse_objection": lambda point, case: bool(point.objection),
    "decline_key": lambda point, case: bool(case.key_nomination),
    "put_on_agenda": lambda point, case: case.agenda_on is None,
    "go_on": lambda point, case: case.agenda_on is not None,
    "end_by_resolution": lambda point, case: point.answered and not point.has_verdict,
    "submit_reply": lambda point, case: point.complete,
    "request_extension": lambda point, case: not point.extension and not point.earlier_round,
    "agree_extension": lambda point, case: point.extension == "REQUESTED",
    # what the office allotted it must agree to first
    "grant_extension": lambda point, case: False,
    "refuse_extension": lambda point, case: bool(point.extension),
}


def possible(point, case, verb, part):
    moved = [(SUGGESTION, case)]
    if part is not None:
        moved.append((ASSIGNMENT, part))
    if hasattr(part, "reply"):
        moved.append((REPLY, part.reply))
    if any(verb in machine.table and row.status not in machine.table[verb].sources for machine, row in moved):
        return False
    if verb == "object":
        return may_object(point, part)
    if verb in READY:
        return READY[verb](point, case)
    return part is None or not point.earlier_round


def may_object(point, part):
    """In its days, before a reply is put up for signature, and while nobody asks for a later date."""
    if point.earlier_round or point.too_late or point.led:
        return False
    begun = hasattr(part, "reply") and part.reply.status != "DRAFT"
    return not begun and not part.extensions.exists()


def answer(actor, case, verb, part):
    """The status of the page, as the middleware would give it."""
    request = RequestFactory().get("/")
    request.user, request.actor = actor.user, actor
    try:
        return acts.act(request, case.pk, verb, part.pk if part else None).status_code
    except Http404:
        return 404
    except Refused as refused:
        return refused.status


def cells(case):
    """Every act with every part that its address can name."""
    parts = list(case.assignments.filter(round=1).select_related("reply"))
    yield from ((verb, None) for verb in (*WHOLE, "discard"))
    yield from ((verb, part) for verb in (*PARTS, *REPLIES, "refuse_extension", "refuse_objection") for part in parts)


def test_every_verb_of_the_machines_stands_in_the_grid():
    verbs = {str(row.verb) for machine in MACHINES for row in machine.transitions}
    assert verbs == {*WHOLE, *PARTS, *REPLIES, *BY_THE_POINT, *WITHOUT_PAGE, *ON_SIGNATURES, *ON_COMMITMENTS}
    assert set(ACTS) == verbs - WITHOUT_PAGE - ON_SIGNATURES - ON_COMMITMENTS
    assert set(SIGNATURE_ACTS) == ON_SIGNATURES
    assert set(COMMITMENT_ACTS) == ON_COMMITMENTS


def test_what_is_being_written_has_a_point_of_its_own(county):
    points = {fresh(point.build(county)).status: point for point in POINTS.values() if point.only}
    assert set(points) == set(PRIVATE)


def test_every_role_and_every_state_stands_in_the_grid(county):
    actors = people(county).values()
    assert {actor.role for actor in actors} == set(Role.values)


def in_shares(points):
    """Every third point is tried each time, the others with all else that is exhaustive."""
    return [pytest.param(point, marks=[pytest.mark.exhaustive] * bool(place % 3)) for place, point in enumerate(points)]


@pytest.mark.parametrize("point", in_shares(POINTS))
def test_each_act_answers_each_person_as_the_tables_say(county, monkeypatch, point):
    monkeypatch.setattr(acting, "render", lambda *_args, status: HttpResponse(status=status))
    actors = people(county)
    case = fresh(POINTS[point].build(county))
    gone_over(county, actors)
    wrong = {}
    for verb, part in cells(case):
        for who, actor in actors.items():
            wanted = expected(POINTS[point], case, verb, part, who)
            found = answer(actor, case, verb, part)
            if found != wanted:
                wrong[verb, part and part.part, who] = (found, wanted)
    assert wrong == {}


def test_over_http_the_answers_are_the_same(county):
    case = fresh(accepted(county))
    actors = people(county)
    gone_over(county, actors)
    for who in ("staff", "host", "heir", "co_host", "lead", "other_organ", "SYSTEM_ADMIN"):
        client = signed_in(actors[who])
        for verb, part in cells(case):
            wanted = expected(POINTS["accepted"], case, verb, part, who)
            assert client.get(act_url(case, verb, part)).status_code == wanted, (who, verb, part)


def test_whoever_has_not_signed_in_is_led_to_the_door(county):
    case = fresh(accepted(county))
    door = reverse("accounts:sign_in")
    for verb, part in cells(case):
        for send in (Client().get, Client().post):
            response = send(act_url(case, verb, part))
            assert (response.status_code, response.url.split("?")[0]) == (302, door)
