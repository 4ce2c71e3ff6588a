"""What every address answers to whom: the right of each page, said once more and apart from the policies.

``may`` see the page; to those in ``hidden`` it is not there (404); everybody else signed in is told that their
post does not allow it (403). An act's page may answer 409 to those who may, since its state is not always right.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sweep.cast import World
from workflow import clock

COMMITTEE = frozenset({"staff", "chair", "vice", "body"})
ORGANS = frozenset({"office", "host", "head", "co_host", "stranger"})
DEPUTIES = frozenset({"deputy", "co_signer", "other_deputy"})
LIAISONS = frozenset({"liaison", "other_liaison"})
ADMINISTRATORS = frozenset({"admin", "security", "auditor"})
OTHERS = frozenset({"delegation", "township", "leader", "party"})
WITH_POST = COMMITTEE | ORGANS | DEPUTIES | LIAISONS | ADMINISTRATORS | OTHERS
EVERYBODY = WITH_POST | {"postless"}
STAFF = frozenset({"staff"})
NOBODY: frozenset[str] = frozenset()
KEEPERS_OF_ACCOUNTS = frozenset({"staff", "admin", "security"})
KEEPERS_OF_LISTS = frozenset({"staff", "admin"})
#: Who sees the small county's cases once they are allotted.
SIGNATORIES = frozenset({"deputy", "co_signer", "liaison"})
OF_THE_CASE = COMMITTEE | {"office", "host", "head", "co_host"} | SIGNATORIES
HAVE_SLIPS = OF_THE_CASE - SIGNATORIES
#: A form that is not released yet is for the committee, the deputy and their station.
SEE_THE_FORM = COMMITTEE | {"liaison", "deputy"}
REPORTING = COMMITTEE | ORGANS
#: Who sees the visits of the small county's lead deputy.
OF_THE_VISIT = COMMITTEE | {"liaison", "deputy"}
#: Who sees a meeting of the small county's station, to which the host organ came.
OF_THE_MEETING = COMMITTEE | {"liaison", "deputy", "co_signer", "host", "head"}
#: Who sees what the host organ promised the lead deputy there.
OF_THE_PROMISE = COMMITTEE | {"office", "host", "head", "liaison", "deputy"}
#: Who sees a hand-over meeting to which the host organ came.
OF_THE_HANDING = COMMITTEE | {"office", "host", "head"}
#: Who sees a draft that the co-signer is asked to sign along, and whose answer it is.
OF_THE_DRAFT = STAFF | SIGNATORIES
ASKED = STAFF | {"co_signer", "liaison"}
#: Who takes part in a deliberation, or is asked in it.
IN_DELIBERATION = COMMITTEE | ORGANS | DEPUTIES | LIAISONS | {"delegation", "township"}
OUTSIDE_DELIBERATION = EVERYBODY - IN_DELIBERATION
#: Who prepares a deliberation: whoever takes part but for the organs.
PREPARING = IN_DELIBERATION - ORGANS


def nothing(_world: World) -> dict[str, Any]:
    """An address without arguments."""
    return {}


@dataclass(frozen=True)
class Address:
    """One page: its arguments, who may see it, to whom it is not there, whether it only takes a POST."""

    may: frozenset[str] = EVERYBODY
    hidden: frozenset[str] = frozenset()
    args: Callable[[World], dict[str, Any]] = nothing
    post_only: bool = False
    public: bool = False


def case(may: frozenset[str], of: str, **more: Callable[[World], Any]) -> Address:
    """A page of one suggestion: to whom the suggestion is not there, no act of it is."""
    sees = COMMITTEE | SIGNATORIES if of == "entered" else OF_THE_CASE

    def args(world: World) -> dict[str, Any]:
        return {"pk": getattr(world, of).pk, **{name: read(world) for name, read in more.items()}}

    return Address(may, hidden=EVERYBODY - sees, args=args)


def month_of(station: Any) -> dict[str, Any]:
    """A station's present month."""
    return {"station": station.pk, "year": clock.today().year, "month": clock.today().month}


def visit(may: frozenset[str], of: str, **more: Callable[[World], Any]) -> Address:
    """A page of one visit of the small county's lead deputy."""

    def args(world: World) -> dict[str, Any]:
        return {"pk": getattr(world, of).pk, **{name: read(world) for name, read in more.items()}}

    return Address(may, hidden=EVERYBODY - OF_THE_VISIT, args=args)


def of_the_file(may: frozenset[str] = OF_THE_VISIT) -> Address:
    """A page of the lead deputy's performance file, which the committee, the station and the deputy read."""
    return Address(may, EVERYBODY - OF_THE_VISIT, lambda w: {"pk": w.county.lead.pk})


ADDRESSES: dict[str, Address] = {
    # alive and ready
    "workflow:healthz": Address(public=True),
    "workflow:readyz": Address(public=True),
    # signing in, and as whom one acts
    "accounts:sign_in": Address(public=True),
    "accounts:sign_out": Address(post_only=True, public=True),
    "accounts:wake": Address(post_only=True, public=True),
    "accounts:switch_post": Address(NOBODY, EVERYBODY, post_only=True),  # an empty form names no post of one's own
    "accounts:language": Address(post_only=True, public=True),
    "accounts:change_password": Address(),
    "accounts:set_password": Address(public=True, args=lambda w: {"token": w.link}),
    "accounts:me": Address(),
    "accounts:keys": Address(),
    "accounts:revoke_key": Address(STAFF, EVERYBODY - STAFF, lambda w: {"pk": w.token.pk}, post_only=True),
    # accounts and their record
    "accounts:accounts": Address(KEEPERS_OF_ACCOUNTS),
    "accounts:open": Address(KEEPERS_OF_ACCOUNTS),
    "accounts:account": Address(KEEPERS_OF_ACCOUNTS, EVERYBODY - KEEPERS_OF_ACCOUNTS, lambda w: {"pk": w.account.pk}),
    "accounts:act": Address(
        KEEPERS_OF_ACCOUNTS, EVERYBODY - KEEPERS_OF_ACCOUNTS, lambda w: {"pk": w.account.pk, "verb": "lock"}
    ),
    "accounts:post_act": Address(
        KEEPERS_OF_ACCOUNTS,
        EVERYBODY - KEEPERS_OF_ACCOUNTS,
        lambda w: {"pk": w.account.pk, "post": w.account_post.pk, "verb": "end_post"},
    ),
    "accounts:events": Address(frozenset({"security", "auditor"})),
    # organs
    "accounts:organs": Address(WITH_POST - {"auditor"}),
    "accounts:add_organ": Address(KEEPERS_OF_LISTS),
    "accounts:organ": Address(
        WITH_POST - {"auditor"}, frozenset({"postless", "auditor"}), lambda w: {"pk": w.county.bureau.pk}
    ),
    "accounts:organ_act": Address(
        KEEPERS_OF_LISTS,
        frozenset({"postless", "auditor"}),
        lambda w: {"pk": w.county.bureau.pk, "verb": "add_name"},
    ),
    "accounts:dismiss": Address(
        KEEPERS_OF_LISTS,
        frozenset({"postless", "auditor"}),
        lambda w: {"pk": w.county.bureau.pk, "officer": w.officer.pk},
    ),
    # inbox: one's own only
    "notifications:inbox": Address(),
    "notifications:mark_all_read": Address(post_only=True),
    "notifications:open": Address(STAFF, EVERYBODY - STAFF, lambda w: {"pk": w.notification.pk}),
    # jobs: whoever asked, under the post they asked under
    "files:jobs": Address(),
    "files:job": Address(STAFF, EVERYBODY - STAFF, lambda w: {"uuid": w.job.uuid}),
    "files:job_result": Address(STAFF, EVERYBODY - STAFF, lambda w: {"uuid": w.job.uuid}),
    "files:cancel_job": Address(STAFF, EVERYBODY - STAFF, lambda w: {"uuid": w.job.uuid}, post_only=True),
    "files:imports": Address(STAFF),
    "files:new_import": Address(STAFF),
    "files:check_import": Address(STAFF, args=lambda w: {"kind": "visits", "uuid": w.workbook.uuid}),
    "files:refused_rows": Address(STAFF, args=lambda w: {"kind": "visits", "uuid": w.workbook.uuid}),
    "files:left_out": Address(STAFF, args=lambda w: {"uuid": w.workbook.uuid}),
    "files:import": Address(STAFF, args=lambda w: {"pk": w.batch.pk}),
    "files:take_back": Address(STAFF, args=lambda w: {"pk": w.batch.pk}),
    # stations and deputies are no secret inside the house
    "stations:list": Address(),
    "stations:add": Address(KEEPERS_OF_LISTS),
    "stations:detail": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:act": Address(
        KEEPERS_OF_LISTS, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk, "verb": "update"}
    ),
    "stations:end_duty": Address(
        KEEPERS_OF_LISTS,
        frozenset({"postless"}),
        lambda w: {"pk": w.county.station.pk, "duty": w.county.station.staff.first().pk},
    ),
    "stations:deputies": Address(),
    "stations:deputy": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.county.lead.pk}),
    "stations:deputy_act": Address(
        STAFF, frozenset({"postless"}), lambda w: {"pk": w.county.lead.pk, "verb": "suspend"}
    ),
    "stations:add_deputy": Address(STAFF),
    "stations:standards": Address(COMMITTEE),
    "stations:standards_workbook": Address(COMMITTEE),
    "stations:standard_items": Address(STAFF),
    "stations:edit_standard_item": Address(STAFF, args=lambda w: {"pk": w.finding.item_id}),
    "stations:standard_photo": Address(
        COMMITTEE | {"liaison"}, EVERYBODY - COMMITTEE - {"liaison"}, lambda w: {"pk": w.finding.pk}
    ),
    "stations:standard": Address(
        COMMITTEE | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}
    ),
    "stations:check_standard": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}
    ),
    "stations:check_standard_item": Address(
        STAFF | {"liaison"},
        frozenset({"postless"}),
        lambda w: {"pk": w.county.station.pk, "item": w.finding.item_id},
    ),
    "stations:districts": Address(),
    "stations:add_district": Address(STAFF),
    "stations:district": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.district.pk}),
    "stations:edit_district": Address(STAFF, frozenset({"postless"}), lambda w: {"pk": w.district.pk}),
    "stations:put_to_district": Address(STAFF, frozenset({"postless"}), lambda w: {"pk": w.district.pk}),
    # binding cards and trusted phones: staff, the liaison of the deputy's station, and everybody's own
    "stations:print_card": Address(STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.lead.pk}),
    "stations:print_cards": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}
    ),
    "stations:phones": Address(STAFF | LIAISONS),
    "stations:phone_act": Address(
        STAFF | {"liaison"},
        EVERYBODY - STAFF - {"liaison", "deputy"},
        lambda w: {"uuid": w.phone.uuid, "verb": "confirm"},
        post_only=True,
    ),
    "stations:my_phones": Address(),
    "stations:pin": Address(NOBODY, EVERYBODY),  # only on a phone that signed in by itself
    "binding:card": Address(public=True, args=lambda w: {"code": w.binding_code}),
    "binding:wait": Address(public=True),
    # what the public sees, and the codes that lead there: the station's own staff print and renew them
    "stations:code": Address(STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:codes": Address(STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:code_act": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk, "verb": "renew_code"}
    ),
    "stations:deputy_page": Address(STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.lead.pk}),
    "stations:page_act": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.lead.pk, "verb": "write_page"}
    ),
    # without sign-in, and for whoever is signed in the same
    "public:stations": Address(public=True),
    "public:station": Address(public=True, args=lambda w: {"code": w.county.station.qr_token}),
    "public:deputy": Address(public=True, args=lambda w: {"code": w.page.qr_token}),
    "public:photo": Address(public=True, args=lambda w: {"code": w.page.qr_token}),
    "public:topics": Address(public=True),
    "public:message": Address(public=True, args=lambda w: {"code": w.county.station.qr_token}),
    "public:write": Address(public=True, args=lambda w: {"code": w.county.station.qr_token}),
    "public:proper_way": Address(public=True),
    "public:track": Address(public=True),
    # reception days: the schedule is public inside the house, whoever runs the station keeps it
    "stations:receptions": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:roster": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:duties": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}),
    "stations:reception_of": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk, "verb": "add_day"}
    ),
    "stations:end_rule": Address(STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.duty.day.rule_id}),
    "stations:my_duties": Address(DEPUTIES),
    "stations:reception": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.duty.day_id}),
    "stations:reception_notice": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.duty.day_id}),
    "stations:reception_sign_in": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.duty.day_id}
    ),
    "stations:reception_register": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.duty.day_id}
    ),
    "stations:reception_act": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.duty.day_id, "verb": "cancel_day"}
    ),
    "stations:duty_act": Address(
        STAFF | {"liaison"},
        frozenset({"postless"}),
        lambda w: {"pk": w.duty.day_id, "duty": w.duty.pk, "verb": "substitute"},
    ),
    "stations:reception_paper": Address(
        COMMITTEE | {"liaison"},
        EVERYBODY - COMMITTEE - {"liaison"},
        lambda w: {"pk": w.paper.day_id, "paper": w.paper.pk},
    ),
    "stations:remove_paper": Address(
        STAFF | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.paper.day_id, "paper": w.paper.pk}
    ),
    # deliberation: cycles
    "deliberations:cycles": Address(),
    "deliberations:plan_cycle": Address(STAFF),
    "deliberations:cycle": Address(IN_DELIBERATION, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}),
    # its plan and coverage are read within the committee; what is to be published, by whoever prepares
    "deliberations:coverage": Address(COMMITTEE, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}),
    "deliberations:coverage_workbook": Address(COMMITTEE, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}),
    "deliberations:copy_cycle": Address(STAFF, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}),
    "deliberations:plan_document": Address(
        COMMITTEE, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk, "kind": "plan"}
    ),
    "deliberations:article": Address(
        IN_DELIBERATION - ORGANS, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}
    ),
    "deliberations:poster": Address(
        IN_DELIBERATION - ORGANS,
        OUTSIDE_DELIBERATION,
        lambda w: {"pk": w.round.cycle.pk, "part": w.round.cycle.stations.first().pk},
    ),
    # papers for deputies: for everybody who works here; kept by staff, copies received by the station
    "deliberations:materials": Address(),
    "deliberations:add_material": Address(STAFF),
    "deliberations:material_register": Address(COMMITTEE),
    "deliberations:material": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.material.pk}),
    "deliberations:material_file": Address(WITH_POST, frozenset({"postless"}), lambda w: {"pk": w.material.pk}),
    "deliberations:material_act": Address(
        STAFF, frozenset({"postless"}), lambda w: {"pk": w.material.pk, "verb": "send_copies"}
    ),
    "deliberations:material_copy_act": Address(
        STAFF | {"liaison"},
        EVERYBODY - COMMITTEE - {"liaison"},
        lambda w: {"pk": w.material.pk, "verb": "receive_copies", "part": w.material.copies.get().pk},
    ),
    # a notice opens for whoever has its link
    "public:notice": Address(public=True, args=lambda w: {"token": w.receipt.notice.token}),
    "public:notice_guidance": Address(public=True, args=lambda w: {"token": w.receipt.notice.token}),
    "deliberations:cycle_act": Address(
        STAFF, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk, "verb": "record_training"}
    ),
    "deliberations:cycle_part_act": Address(
        frozenset({"liaison"}),
        EVERYBODY - COMMITTEE - {"liaison"},
        lambda w: {"pk": w.round.cycle.pk, "verb": "receive_notice", "part": w.receipt.pk},
    ),
    "deliberations:notice": Address(
        COMMITTEE | {"liaison"}, EVERYBODY - COMMITTEE - {"liaison"}, lambda w: {"pk": w.receipt.pk}
    ),
    "deliberations:guidance": Address(
        COMMITTEE | {"liaison"}, EVERYBODY - COMMITTEE - {"liaison"}, lambda w: {"pk": w.receipt.pk}
    ),
    "deliberations:picture": Address(IN_DELIBERATION - ORGANS, args=lambda w: {"pk": w.publicity.pk}),
    "deliberations:resolutions": Address(COMMITTEE),
    "deliberations:resolution_scan": Address(COMMITTEE, args=lambda w: {"pk": w.topic.resolution_id}),
    "deliberations:minutes": Address(COMMITTEE, args=lambda w: {"pk": w.topic.pk}),
    # trainings: for whoever prepares the cycle; the sheet for whoever holds it and the committee
    "deliberations:plan_training": Address(
        STAFF | {"liaison"}, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}
    ),
    "deliberations:readiness": Address(COMMITTEE | LIAISONS, OUTSIDE_DELIBERATION, lambda w: {"pk": w.round.cycle.pk}),
    "deliberations:trainings": Address(PREPARING),
    "deliberations:training": Address(PREPARING, EVERYBODY - PREPARING, lambda w: {"pk": w.training.pk}),
    "deliberations:training_sheet": Address(
        COMMITTEE | {"liaison"}, EVERYBODY - PREPARING, lambda w: {"pk": w.training.pk}
    ),
    "deliberations:training_code": Address(STAFF | {"liaison"}, EVERYBODY - PREPARING, lambda w: {"pk": w.training.pk}),
    "deliberations:training_file": Address(
        PREPARING, EVERYBODY - PREPARING, lambda w: {"pk": w.training.pk, "part": w.training.papers.get().pk}
    ),
    "deliberations:answer_training": Address(
        STAFF | {"liaison", "deputy"},
        EVERYBODY - COMMITTEE - {"liaison", "deputy"},
        lambda w: {"pk": w.training.attendance.get(mandate=w.county.lead).pk},
        post_only=True,
    ),
    "deliberations:training_act": Address(
        STAFF | {"liaison"}, EVERYBODY - PREPARING, lambda w: {"pk": w.training.pk, "verb": "note_training"}
    ),
    "deliberations:training_part_act": Address(
        STAFF | {"liaison"},
        EVERYBODY - PREPARING,
        lambda w: {"pk": w.training.pk, "verb": "remove_training_file", "part": w.training.papers.get().pk},
    ),
    "public:training_sign_in": Address(
        frozenset({"deputy", "co_signer"}), EVERYBODY - PREPARING, lambda w: {"token": w.training.sign_in_token}
    ),
    # monthly returns: the committee reads all, a station its own; staff may hand in for one
    "deliberations:returns": Address(COMMITTEE | LIAISONS),
    "deliberations:returns_workbook": Address(
        COMMITTEE | LIAISONS, args=lambda w: {"year": clock.today().year, "month": clock.today().month}
    ),
    "deliberations:monthly_return": Address(
        COMMITTEE | {"liaison"}, frozenset({"other_liaison"}), lambda w: month_of(w.county.station)
    ),
    "deliberations:hand_in_return": Address(
        STAFF | {"liaison"}, frozenset({"other_liaison"}), lambda w: month_of(w.county.station), post_only=True
    ),
    # visits: the station's own, the deputies who went, the committee; a name only to whom it concerns
    "deliberations:visits": Address(COMMITTEE | LIAISONS | DEPUTIES),
    "deliberations:log_visit": Address(DEPUTIES),
    # what a deputy's phone asks and sends; the page that it keeps knows nobody
    "notes:worker": Address(public=True),
    "notes:shell": Address(public=True),
    "notes:standing": Address(DEPUTIES),
    "notes:send": Address(DEPUTIES, post_only=True),
    "notes:send_file": Address(DEPUTIES, args=lambda w: {"note": w.noted.client_id}, post_only=True),
    "deliberations:record_visit": Address(STAFF | LIAISONS),
    "deliberations:visit": visit(OF_THE_VISIT, "visited"),
    "deliberations:visit_act": visit(STAFF | {"liaison"}, "noted", verb=lambda w: "complete"),
    "deliberations:opinion_act": visit(
        STAFF | {"liaison", "deputy"}, "visited", verb=lambda w: "tell", opinion=lambda w: w.visited.opinions.get().pk
    ),
    "deliberations:record_voters_meeting": Address(STAFF | LIAISONS),
    "deliberations:erase_voter": Address(STAFF | LIAISONS),
    "deliberations:voters_meeting_blank": Address(
        COMMITTEE | LIAISONS | DEPUTIES, args=lambda w: {"station": w.county.station.pk}
    ),
    "deliberations:visit_sheet": visit(OF_THE_VISIT, "visited"),
    "deliberations:visit_paper": visit(OF_THE_VISIT, "visited", part=lambda w: w.visited.papers.get().pk),
    "deliberations:voter": visit(OF_THE_VISIT - {"body"}, "visited", opinion=lambda w: w.visited.opinions.get().pk),
    # meetings: the committee, the station with its deputies, the organs that came, the presidium of the township
    "deliberations:convene": Address(
        STAFF | {"liaison"},
        OUTSIDE_DELIBERATION,
        lambda w: {"pk": w.held.cycle_id, "part": w.held.cycle.stations.get(station=w.held.station).pk},
    ),
    "deliberations:meetings": Address(COMMITTEE | ORGANS | DEPUTIES | LIAISONS | {"township"}),
    "deliberations:meeting": Address(OF_THE_MEETING, EVERYBODY - OF_THE_MEETING, lambda w: {"pk": w.held.pk}),
    "deliberations:meeting_act": Address(
        STAFF | {"liaison"}, EVERYBODY - OF_THE_MEETING, lambda w: {"pk": w.held.pk, "verb": "note_attendance"}
    ),
    "deliberations:meeting_opinion_act": Address(
        STAFF | {"liaison"},
        EVERYBODY - OF_THE_MEETING,
        lambda w: {"pk": w.held.pk, "opinion": w.said.pk, "verb": "promise"},
    ),
    "deliberations:township_tasks": Address(COMMITTEE | LIAISONS | {"township"}),
    "deliberations:township_task_sheet": Address(COMMITTEE | LIAISONS | {"township"}),
    "deliberations:task_act": Address(
        STAFF | {"liaison"},
        EVERYBODY - COMMITTEE - {"liaison"},
        lambda w: {"pk": w.task.pk, "verb": "assign_task"},
    ),
    "deliberations:finish_task": Address(
        STAFF | {"liaison"}, EVERYBODY - COMMITTEE - {"liaison"}, lambda w: {"pk": w.task.pk}
    ),
    # promises: whoever made one, to whom it was made, their station, the committee; no county leader
    "deliberations:promises": Address(COMMITTEE | ORGANS | DEPUTIES | LIAISONS),
    "deliberations:promise": Address(OF_THE_PROMISE, EVERYBODY - OF_THE_PROMISE, lambda w: {"pk": w.promise.pk}),
    "deliberations:promise_picture": Address(
        OF_THE_PROMISE, EVERYBODY - OF_THE_PROMISE, lambda w: {"pk": w.promise.pk}
    ),
    "deliberations:promise_act": Address(
        STAFF | {"liaison", "deputy"},
        EVERYBODY - OF_THE_PROMISE,
        lambda w: {"pk": w.promise.pk, "verb": "confirm_kept"},
    ),
    "deliberations:meeting_promises": Address(
        OF_THE_MEETING, EVERYBODY - OF_THE_MEETING, lambda w: {"pk": w.promise.meeting_opinion.meeting_id}
    ),
    # hand-over meetings: staff run them with the government office; the organs that came read what they took
    "deliberations:hand_over_meetings": Address(COMMITTEE | ORGANS),
    "deliberations:plan_hand_over_meeting": Address(STAFF),
    "deliberations:hand_over_meeting": Address(
        OF_THE_HANDING, EVERYBODY - OF_THE_HANDING, lambda w: {"pk": w.handing.pk}
    ),
    "deliberations:hand_over_meeting_act": Address(
        STAFF, EVERYBODY - OF_THE_HANDING, lambda w: {"pk": w.handing.pk, "verb": "note_attendance"}
    ),
    "suggestions:hand_over_many": Address(STAFF, EVERYBODY - OF_THE_HANDING, lambda w: {"pk": w.handing.pk}),
    "suggestions:hand_over_sheet": Address(OF_THE_HANDING, EVERYBODY - OF_THE_HANDING, lambda w: {"pk": w.handing.pk}),
    # suggestions
    "suggestions:list": Address(),
    "suggestions:jump": Address(),
    "suggestions:submit": Address(STAFF),
    "suggestions:key_list": Address(COMMITTEE),
    "suggestions:designate_many": Address(COMMITTEE - {"body"}, post_only=True),
    "suggestions:agenda": Address(COMMITTEE),
    # what is being written: the deputy's side and staff; an invitation to whoever is asked, their station and staff
    "suggestions:drafts": Address(STAFF | LIAISONS | DEPUTIES),
    "suggestions:draft": Address(STAFF | LIAISONS | DEPUTIES),
    "suggestions:sheet": Address(OF_THE_DRAFT, EVERYBODY - OF_THE_DRAFT, lambda w: {"pk": w.invitation.suggestion_id}),
    "suggestions:co_signature": Address(ASKED, EVERYBODY - ASKED, lambda w: {"pk": w.invitation.pk}),
    "suggestions:answer": Address(ASKED, EVERYBODY - ASKED, lambda w: {"pk": w.invitation.pk, "verb": "co_sign"}),
    # collecting: from a meeting by staff, from a visit by whoever keeps it and the county deputy who went
    "suggestions:intake": Address(STAFF),
    "suggestions:collect_meeting": Address(STAFF, EVERYBODY - OF_THE_MEETING, lambda w: {"pk": w.held.pk}),
    "suggestions:collect_promise": Address(STAFF, EVERYBODY - OF_THE_PROMISE, lambda w: {"pk": w.promise.pk}),
    "suggestions:collect_opinion": Address(
        STAFF | {"liaison", "deputy"}, EVERYBODY - OF_THE_VISIT, lambda w: {"pk": w.visited.opinions.get().pk}
    ),
    # what replies commit organs to, where sources differ, whose deputy has left office
    "suggestions:commitments": Address(COMMITTEE | ORGANS | DEPUTIES | LIAISONS),
    "suggestions:commitment_picture": Address(OF_THE_CASE, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.commitment.pk}),
    "suggestions:commitment_act": Address(
        STAFF | {"liaison", "deputy"},
        EVERYBODY - OF_THE_CASE,
        lambda w: {"pk": w.commitment.pk, "verb": "confirm_commitment"},
    ),
    "suggestions:differences": Address(COMMITTEE),
    "suggestions:call_backs": Address(COMMITTEE),
    "suggestions:without_deputy": Address(COMMITTEE),
    "suggestions:detail": case(OF_THE_CASE, "answered"),
    "suggestions:act": case(STAFF, "entered", verb=lambda w: "register"),
    "suggestions:part_act": case(
        frozenset({"host", "head"}),
        "handed_out",
        verb=lambda w: "sign_receipt",
        part=lambda w: w.handed_out.assignments.get(organ=w.county.bureau).pk,
    ),
    "suggestions:letter": case(OF_THE_CASE, "answered", reply=lambda w: w.evaluation.reply_id),
    "suggestions:signed_form": Address(
        SEE_THE_FORM,
        EVERYBODY - SEE_THE_FORM,
        lambda w: {"pk": w.answered.pk, "evaluation": w.evaluation.pk},
    ),
    # Word documents: slips pass between committee and organs, letter and forms go with the released reply
    "suggestions:slip": Address(
        HAVE_SLIPS,
        EVERYBODY - HAVE_SLIPS,
        lambda w: {"pk": w.answered.pk, "hand_over": w.answered.hand_overs.get().pk},
    ),
    "suggestions:slips": Address(NOBODY, EVERYBODY, lambda w: {"pk": w.handing.pk}),  # nothing was handed over there
    "suggestions:letter_document": case(
        OF_THE_CASE, "answered", part=lambda w: w.evaluation.reply.assignment_id, kind=lambda w: "plain"
    ),
    "suggestions:opinion_forms": case(OF_THE_CASE, "answered", part=lambda w: w.evaluation.reply.assignment_id),
    # the voter behind it: who may is decided by the visit
    "suggestions:tell": Address(
        STAFF | {"liaison", "deputy"},
        EVERYBODY - OF_THE_VISIT,
        lambda w: {"pk": w.answered.pk, "opinion": w.voice.pk},
    ),
    "suggestions:withdrawal": Address(NOBODY, EVERYBODY, lambda w: {"pk": w.entered.pk}),  # no letter was sent
    # what looks across
    "supervision:month": Address(COMMITTEE | LIAISONS),
    "supervision:station_month": Address(
        COMMITTEE | {"liaison"}, frozenset({"postless"}), lambda w: {"pk": w.county.station.pk}
    ),
    "supervision:workbench": Address(),
    # the start page of a demo county, which this county is not
    "supervision:demo": Address(NOBODY, hidden=EVERYBODY, public=True),
    "supervision:chain": case(OF_THE_CASE, "answered"),
    "supervision:activity_ledger": Address(COMMITTEE | LIAISONS),
    "supervision:opinion_ledger": Address(COMMITTEE | LIAISONS | DEPUTIES),
    "supervision:reports": Address(REPORTING | DEPUTIES | LIAISONS | {"township"}),
    "supervision:make_report": Address(REPORTING, args=lambda w: {"name": "progress"}, post_only=True),
    # supervision cards: signed ones for whoever sees the suggestion; written by staff and by the leader in charge
    "supervision:cards": Address(),
    "supervision:fill_card": Address(STAFF | {"vice"}, EVERYBODY - OF_THE_CASE, lambda w: {"suggestion": w.keyed.pk}),
    "supervision:card": Address(OF_THE_CASE, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.card.pk}),
    "supervision:card_sheet": Address(OF_THE_CASE, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.card.pk}),
    "supervision:card_document": Address(OF_THE_CASE, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.card.pk}),
    "supervision:signed_sheet": Address(
        OF_THE_CASE, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.card.pk, "version": 1}
    ),
    "supervision:card_act": Address(
        STAFF | {"vice"}, EVERYBODY - OF_THE_CASE, lambda w: {"pk": w.card.pk, "verb": "amend_card"}
    ),
    # steps that press: the committee reads, staff and the chairpersons decide; telephone and numbers are staff's alone
    "supervision:pressing": Address(COMMITTEE),
    "supervision:proposal": Address(COMMITTEE, EVERYBODY - COMMITTEE, lambda w: {"pk": w.step.pk}),
    "supervision:proposal_act": Address(
        COMMITTEE - {"body"}, EVERYBODY - COMMITTEE, lambda w: {"pk": w.step.pk, "verb": "dismiss"}
    ),
    "supervision:calls": Address(STAFF),
    "supervision:call_sheet": Address(STAFF),
    "supervision:calls_made": Address(STAFF),
    "supervision:call": Address(STAFF, EVERYBODY - COMMITTEE, lambda w: {"pk": w.call.pk}),
    "supervision:call_act": Address(
        STAFF, EVERYBODY - COMMITTEE, lambda w: {"pk": w.call.pk, "verb": "take_back_call"}
    ),
    "supervision:record_call": Address(STAFF, args=lambda w: {"kind": "station", "pk": w.county.station.pk}),
    # performance files: the committee, the deputy's station, the deputy
    "supervision:performance_files": Address(COMMITTEE | LIAISONS),
    "supervision:own_performance": Address(DEPUTIES),
    "supervision:print_performance": Address(COMMITTEE | LIAISONS),
    "supervision:performance": of_the_file(),
    "supervision:performance_year": of_the_file(),
    "supervision:performance_sheet": of_the_file(),
    "supervision:performance_workbook": of_the_file(),
    "supervision:enter_performance": of_the_file(STAFF | {"liaison"}),
    "supervision:void_performance": Address(
        STAFF | {"liaison"}, EVERYBODY - OF_THE_VISIT, lambda w: {"pk": w.performed.pk}
    ),
    # the folder of an activity, wall sheets and allowance: for the committee, and whoever runs the station
    **{
        f"supervision:{name}": Address(
            may,
            EVERYBODY - PREPARING,
            lambda w: {"kind": "training", "key": str(w.training.pk)},
        )
        for name, may in (
            ("folder", COMMITTEE | {"liaison"}),
            ("folder_document", COMMITTEE | {"liaison"}),
            ("folder_sheet", COMMITTEE | {"liaison"}),
            ("folder_pdf", COMMITTEE | {"liaison"}),
            ("folder_news", STAFF | {"liaison"}),
            ("folder_photos", STAFF | {"liaison"}),
        )
    },
    **{
        f"supervision:{name}": Address(
            COMMITTEE | {"liaison"},
            frozenset({"postless"}),
            lambda w, more=more: {"pk": w.county.station.pk, **more},
        )
        for name, more in (
            ("wall_sheets", {}),
            ("wall_sheet", {"name": "board"}),
            ("wall_pdf", {"name": "rules"}),
            ("allowance", {}),
            ("allowance_sheet", {}),
            ("allowance_workbook", {}),
        )
    },
    "supervision:wall_photo": Address(
        COMMITTEE | {"liaison"},
        frozenset({"postless"}),
        lambda w: {"pk": w.county.station.pk, "mandate": w.page.mandate_id},
    ),
    "supervision:rules": Address(WITH_POST),
    "supervision:new_rules": Address(KEEPERS_OF_LISTS),
    "supervision:document_templates": Address(STAFF),
    "supervision:document_template": Address(STAFF, args=lambda w: {"name": "card"}),
    "supervision:shipped_template": Address(STAFF, args=lambda w: {"name": "card"}),
    "supervision:drop_template": Address(STAFF, args=lambda w: {"name": "card"}),
    "supervision:own_template": Address(STAFF, args=lambda w: {"name": "card", "pk": w.template.pk}),
    "supervision:calendar": Address(WITH_POST),
    "supervision:load_calendar": Address(KEEPERS_OF_LISTS),
}
