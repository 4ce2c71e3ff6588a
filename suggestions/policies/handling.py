"""Who may do what with a suggestion that is with the committee or an organ."""

from accounts.actor import Actor
from accounts.models import Organ, Role
from stations.models import Mandate, StationStaff
from suggestions.models import Assignment, CoSignature, Evaluation, Suggestion
from workflow import clock

#: The present round was answered.
_ANSWERED = (Suggestion.Status.REPLIED, Suggestion.Status.FOLLOW_UP, Suggestion.Status.CLOSED)


def can_submit(actor: Actor) -> bool:
    """Staff enter what came on paper."""
    return actor.is_staff


def can_import(actor: Actor) -> bool:
    """The county's old ledger is taken over by command, or by staff."""
    return actor.is_system or actor.is_staff


def can_register(actor: Actor, suggestion: Suggestion) -> bool:
    """Number and class are given by staff."""
    return actor.is_staff


def can_hand_over(actor: Actor, suggestion: Suggestion) -> bool:
    """The committee's working organ hands over (Deputies Law art. 51)."""
    return actor.is_staff


def can_allot(actor: Actor, suggestion: Suggestion) -> bool:
    """The office that the suggestion was handed over to chooses host and co-hosts."""
    if not actor.is_government_office:
        return False
    given = list(suggestion.hand_overs.all())
    return bool(given) and actor.acts_for(given[-1].to)


def can_send_back(actor: Actor, suggestion: Suggestion) -> bool:
    """The office that should allot it says that it is not the government's matter."""
    return can_allot(actor, suggestion)


def can_sign_receipt(actor: Actor, assignment: Assignment) -> bool:
    """The organ signs for what it received."""
    return _of_organ(actor, assignment)


def can_record_contact(actor: Actor, assignment: Assignment) -> bool:
    """The organ that talked with the deputy says so."""
    return _of_organ(actor, assignment)


def can_give_opinion(actor: Actor, assignment: Assignment) -> bool:
    """The co-host sends its opinion, or the host records the one it received on paper."""
    if assignment.is_host:
        return False
    return _of_organ(actor, assignment) or _is_host(actor, assignment.suggestion)


def can_see_opinion(actor: Actor, assignment: Assignment) -> bool:
    """A co-host does not answer the deputy: on the deputy's side its opinion is read along with the host's reply."""
    case = assignment.suggestion
    answered = case.status in _ANSWERED or assignment.round < case.round
    return answered or not is_on_deputys_side(actor)


def is_on_deputys_side(actor: Actor) -> bool:
    """A deputy, or the station that stands by one: they read what the organs have made known."""
    return actor.is_deputy or actor.role == Role.STATION


def can_waive_opinion(actor: Actor, assignment: Assignment) -> bool:
    """Only the committee lets a host answer without a co-host."""
    return actor.is_staff and not assignment.is_host


def can_draft_reply(actor: Actor, assignment: Assignment) -> bool:
    """Only the host answers the deputy; co-hosts do not."""
    return assignment.is_host and _of_organ(actor, assignment)


def can_sign_reply(actor: Actor, assignment: Assignment) -> bool:
    """On paper the handler records who signed; on line the head signs."""
    if assignment.organ.sign_mode == Organ.SignMode.ONLINE and actor.role != Role.ORGAN_HEAD:
        return False
    return can_draft_reply(actor, assignment)


def can_deliver(actor: Actor, assignment: Assignment) -> bool:
    """The host brings the letter to the deputy; staff may record that it arrived."""
    return actor.is_staff or can_draft_reply(actor, assignment)


def can_evaluate(actor: Actor, suggestion: Suggestion, mandate: Mandate, source: str) -> bool:
    """A signatory in office judges; liaison or staff may enter the signed form, staff a call-back; an organ never."""
    if not (is_signatory(suggestion, mandate) and mandate.is_active(clock.today())):
        return False
    if source == Evaluation.Source.OWN:
        return actor.is_deputy and mandate.person_id == actor.person_id
    if source == Evaluation.Source.LIAISON_SCAN:
        return actor.is_staff or _runs_station_of(actor, mandate)
    return actor.is_staff and source in (Evaluation.Source.CALL_BACK, Evaluation.Source.ORGAN_FORM)


def can_hand_in_form(actor: Actor, assignment: Assignment) -> bool:
    """The host may bring the sheet that the deputy signed; it judges nothing by that."""
    return can_draft_reply(actor, assignment)


def can_confirm_form(actor: Actor, assignment: Assignment) -> bool:
    """Staff call the deputy."""
    return actor.is_staff


def can_continue(actor: Actor, suggestion: Suggestion) -> bool:
    """Staff enter who continues it, after having asked them."""
    return actor.is_staff


def can_see_differences(actor: Actor) -> bool:
    """What two sources say differently of one deputy is for the committee alone."""
    return actor.is_committee


def can_evaluate_at_all(actor: Actor, suggestion: Suggestion) -> bool:
    """Whether the page of evaluation is for this person: staff, a signatory, or a station of one."""
    if actor.is_staff:
        return True
    if not is_on_deputys_side(actor):
        return False
    return Suggestion.objects.visible_to(actor).filter(pk=suggestion.pk).exists()


def can_see_signed_forms(actor: Actor) -> bool:
    """What a deputy wrote by hand is not shown to those who were judged, who read the released answers."""
    return not (actor.is_organ or actor.is_government_office)


def can_see_phones(actor: Actor, suggestion: Suggestion) -> bool:
    """Under which numbers those who signed are reached: for the committee, and for the organs that must talk with them.

    The slip of the hand-over names them too (form F2); an organ sees only suggestions that it was given.
    """
    return actor.is_committee or actor.is_organ or actor.is_government_office


def can_release_verdict(actor: Actor, suggestion: Suggestion) -> bool:
    """Nothing that presses an organ goes out by itself: staff release the verdict."""
    return actor.is_staff


def can_correct(actor: Actor, suggestion: Suggestion) -> bool:
    """The registry is kept by staff."""
    return actor.is_staff


def can_withdraw(actor: Actor, suggestion: Suggestion) -> bool:
    """The lead withdraws by a letter, which staff enter."""
    return actor.is_staff


def is_signatory(suggestion: Suggestion, mandate: Mandate) -> bool:
    """Whoever speaks for it, the lead or who continues, or a deputy who co-signed."""
    accepted = CoSignature.Status.ACCEPTED
    if mandate.pk == suggestion.speaker_id:
        return True
    return suggestion.cosignatures.filter(mandate=mandate, status=accepted).exists()


def _of_organ(actor: Actor, assignment: Assignment) -> bool:
    return _speaks_for(actor, assignment.organ) and assignment.status != Assignment.Status.ENDED


def _is_host(actor: Actor, suggestion: Suggestion) -> bool:
    present = (row for row in suggestion.assignments.all() if row.round == suggestion.round)
    return any(row.is_host and _of_organ(actor, row) for row in present)


def _speaks_for(actor: Actor, organ: Organ) -> bool:
    return (actor.is_organ or actor.is_government_office) and actor.acts_for(organ)


def _runs_station_of(actor: Actor, mandate: Mandate) -> bool:
    if actor.role != Role.STATION or mandate.station_id is None:
        return False
    on_duty = StationStaff.objects.on_duty(clock.today())
    return on_duty.filter(station=mandate.station_id, person=actor.person_id).exists()
