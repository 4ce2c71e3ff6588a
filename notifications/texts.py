"""What a notification says: the sentence of its kind, filled when it is shown, in the language of whoever reads.

No sentence counts the days: it may be read long after it was written.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from notifications.models import Notification

#: The proper way for what is not accepted as a suggestion, by the reason (scenario 23).
WAYS: Mapping[str, Any] = {
    "PRIVATE": _("It is a private matter: please take it to the authority that is responsible for it."),
    "IN_COURT": _("It is before a court or in arbitration: please raise it there, in the time limits given there."),
    "ACCUSATION": _("Accusations, appeals and denunciations go to the supervisory, judicial or procuratorial organ."),
    "PETITION": _("It is a petition: please take it to the county's office of letters and visits."),
    "ACADEMIC": _("Please send it to the professional department concerned."),
    "NO_CONTENT": _("Please say what is to be done, where and by whom, and hand it in anew."),
    "OUTSIDE": _("It is outside the county or its powers: deputies of a higher level can take it up."),
    "UNLAWFUL": _("What is asked for is against the law; a lawful way can be handed in anew."),
}

#: Every kind that is told anywhere; ``name`` stands for the matter's number and title.
SENTENCES: Mapping[str, Any] = {
    "intake.collected": _("%(name)s: %(count)s forwarded opinions became drafts, which wait to be completed."),
    "suggestion.collected": _(
        "%(name)s: a draft that you lead was made of what was put forward; please complete and confirm it."
    ),
    "suggestion.taken_up": _("%(name)s: what you put forward became a draft, led by deputy %(deputy)s."),
    "suggestion.returned": _("%(name)s: please complete it; the deputy affairs commission says what is lacking."),
    "suggestion.refused": _("%(name)s is not accepted as a suggestion. %(way)s"),
    "suggestion.referred": _("%(name)s was referred to: %(to)s."),
    "suggestion.to_type": _("%(name)s: a deputy sent the photo of a handwritten sheet; please type it."),
    "suggestion.to_confirm": _("%(name)s: this was written in your name; please see whether it is what was meant."),
    "suggestion.draft_confirmed": _("%(name)s: the lead deputy confirmed the text; it can be handed in."),
    "suggestion.to_co_sign": _("%(lead)s leads %(name)s and asks for signatures; please say yes or no."),
    "suggestion.all_answered": _("%(name)s: everybody who was asked to sign along has answered; it can be handed in."),
    "suggestion.completed_text": _("%(name)s: the text that you signed along was completed; please look at it."),
    "suggestion.handed_in": _("%(name)s was handed in; please examine it."),
    "suggestion.on_its_way": _("%(name)s was handed in to the deputy affairs commission."),
    "suggestion.hand_over": _("%(name)s was handed over to your office; please choose host and co-hosts."),
    "suggestion.send_back": _("%(name)s was sent back by the government office; please hand it over anew."),
    "suggestion.handed_over_deputies": _("%(name)s was handed over; it is being handled now."),
    "suggestion.assigned": _("%(name)s was handed over to you; please sign for receipt."),
    "suggestion.give_opinion": _("%(name)s: the opinion of co-host %(organ)s has come."),
    "suggestion.waive_opinion": _("%(name)s: the opinion of co-host %(organ)s is waived; you can reply without it."),
    "suggestion.release_reply": _("%(name)s was answered; the reply can be read now."),
    "suggestion.verdict_waits": _("%(name)s was judged by the lead deputy; the verdict waits to be released."),
    "suggestion.next_round": _("%(name)s: the deputy is not satisfied; it is handled again."),
    "suggestion.designate_key": _("%(name)s is a key suggestion now; its supervision is in your charge."),
    "suggestion.request_extension": _("%(name)s: the host asks to reply by %(act_by)s; please decide."),
    "suggestion.agree_extension": _("%(name)s: the government office agrees to a reply by %(act_by)s; please decide."),
    "suggestion.grant_extension": _("%(name)s: the reply is due by %(act_by)s now; the later date was granted."),
    "suggestion.refuse_extension": _("%(name)s: the later date was not granted; the present date stays."),
    "suggestion.object": _("%(name)s: %(organ)s objects to handling it; please decide."),
    "suggestion.reopen_objection": _("%(name)s: you can still object to handling it until %(act_by)s."),
    "suggestion.agree_objection": _(
        "%(name)s: the government office agrees to the objection of %(organ)s; please decide."
    ),
    "suggestion.grant_objection": _("%(name)s: the objection of %(organ)s was granted; who handles it has changed."),
    "suggestion.objection_let_go": _("%(name)s: your objection was granted; you need not handle it any more."),
    "suggestion.refuse_objection": _("%(name)s: the objection was refused; please go on handling it."),
    "suggestion.new_host": _("%(name)s is handled by %(organ)s from now on."),
    "suggestion.put_on_agenda": _("%(name)s is on the agenda of the council of chairpersons."),
    "suggestion.go_on": _("%(name)s: the council of chairpersons lets it be handled further."),
    "suggestion.end_by_resolution": _("%(name)s was ended by the council of chairpersons; the reason is on its page."),
    "suggestion.withdrawn": _("%(name)s was withdrawn by the lead deputy; handling ends here."),
    "suggestion.follow_up": _("%(name)s: the deputy is satisfied; the commitment is followed up until it is kept."),
    "suggestion.commitment_reported": _(
        "%(name)s: %(organ)s says that it kept its commitment; please say whether it is so."
    ),
    "suggestion.commitment_kept": _("%(name)s: the deputy finds the commitment of %(organ)s kept."),
    "suggestion.commitment_denied": _("%(name)s: the deputy finds the commitment of %(organ)s not kept as reported."),
    "suggestion.commitment_broken": _("%(name)s: the commitment of %(organ)s is recorded as overdue; please keep it."),
    "suggestion.form_handed_in": _(
        "%(name)s: the organ handed in the form of deputy %(deputy)s; please call to confirm it."
    ),
    "suggestion.continued": _("%(name)s: deputy %(deputy)s continues it in the place of %(lead)s."),
    "suggestion.closed": _("%(name)s is closed; the deputy is satisfied."),
    "binding.waits": _("%(name)s: a phone waits to be bound; confirm it if the deputy says so."),
    "binding.bound": _("%(name)s: a phone was bound and signs in by itself from now on."),
    "binding.reprinted": _("%(name)s: the binding card was printed anew; the former card has ended."),
    "binding.revoked": _("%(name)s: a phone is trusted no longer."),
    "binding.spoiled": _("%(name)s: the binding card ended after five wrong tries; print a new one."),
    "binding.wrong_pin": _("%(name)s: a phone is trusted no longer after five wrong PINs."),
    "cycle.left_out": _("%(name)s: %(station)s no longer takes part; its notice is void."),
    "material.added": _("%(name)s: there is a new paper for deputies; please read it."),
    "cycle.notice": _("%(name)s: a notice for %(station)s; please confirm that it was received."),
    "training.invited": _("%(name)s: you are invited to a training on %(act_by)s; please say whether you come."),
    "training.changed": _(
        "%(name)s: day or place of the training has changed; it is on %(act_by)s. Please look again."
    ),
    "training.cancelled": _("%(name)s: the training of %(act_by)s will not be held."),
    "visit.logged": _("%(name)s: a deputy noted what a voter said; please complete the record."),
    "visit.message": _("%(name)s: a voter wrote by the code of the station; please complete the record."),
    "visit.message_to_deputy": _("%(name)s: a voter wrote to you by your code; the station puts it in order."),
    "visit.to_confirm": _("%(name)s: your visit is written down; please see whether it is what was meant."),
    "visit.to_tell": _("%(name)s has ended; please tell the voter what came of it."),
    "visit.task": _(
        "%(name)s: what a voter said was given to the township or village; please settle it by %(act_by)s."
    ),
    "visit.task_done": _("%(name)s: the township or village has settled what a voter said; please tell the voter."),
    "visit.closed": _("%(name)s: the visit is settled; every voter was told."),
    "meeting.convened": _("%(name)s: you are invited to the deliberation meeting."),
    "meeting.changed": _("%(name)s: day, hour or place of the deliberation meeting has changed; please look again."),
    "meeting.cancelled": _("%(name)s: the deliberation meeting will not be held."),
    "meeting.closed": _("%(name)s: the meeting is closed; please see what came of what you put forward."),
    "meeting.reopened": _("%(name)s: the record of the meeting was opened again; please complete and close it."),
    "meeting.collect": _("%(name)s: the meeting is closed; %(count)s forwarded opinions wait to become suggestions."),
    "meeting.task": _("%(name)s: an opinion was given to the township; please settle it by %(act_by)s."),
    "meeting.task_done": _("%(name)s: the township has settled what you put forward."),
    "reception.on_duty": _("%(name)s: you are on duty to receive voters."),
    "reception.stand_in": _("%(name)s: please receive voters in the place of deputy %(deputy)s."),
    "reception.replaced": _("%(name)s: deputy %(deputy)s stands in for you; you need not come."),
    "reception.off_duty": _("%(name)s: you are not on duty any more."),
    "reception.leave": _("%(name)s: your leave is noted; you need not come."),
    "reception.changed": _("%(name)s: day, hour or place of the reception has changed; please look again."),
    "reception.cancelled": _("%(name)s: the reception of voters is cancelled."),
    "reception.substitute_asked": _("%(name)s: deputy %(deputy)s cannot come and asks for a substitute."),
    "promise.made": _("%(name)s: promised on the spot by %(organ)s; please report when it is done."),
    "promise.reported": _("%(name)s: %(organ)s reports the promise as done; please say whether it is so."),
    "promise.kept": _("%(name)s: the deputy finds that the promise was kept."),
    "promise.denied": _("%(name)s: the deputy finds the promise of %(organ)s not done as reported."),
    "promise.not_kept": _("%(name)s: the promise of %(organ)s is recorded as not kept."),
    "meeting.hand_over_planned": _("%(name)s: a hand-over meeting is planned."),
    "meeting.hand_over_cancelled": _("%(name)s: the hand-over meeting is cancelled."),
    "card.signed": _("%(name)s: the supervision card is signed; what it asks for is binding."),
    "card.amended": _("%(name)s: the supervision card was amended; please read what changed."),
    "card.reported": _("%(name)s: the organ reports completion; the deputy chairperson can conclude."),
    "card.struck_off": _("%(name)s: completed; the supervision card is struck off."),
    "card.not_accepted": _("%(name)s: the report of completion was not accepted; the work goes on."),
    "pressing.head": _("%(name)s: the deputy affairs commission writes: %(words)s"),
    "pressing.leader": _("%(name)s: the deputy affairs commission writes: %(words)s"),
    "reminder.receipt_due": _("%(name)s: please sign for receipt by %(act_by)s."),
    "reminder.receipt_overdue": _("%(name)s: receipt should have been signed by %(act_by)s."),
    "reminder.co_host_due": _("%(name)s: the co-host's opinion is due by %(act_by)s."),
    "reminder.co_host_overdue": _("%(name)s: the co-host's opinion of %(organ)s was due by %(act_by)s."),
    "reminder.reply_due": _("%(name)s: the reply is due by %(act_by)s."),
    "reminder.reply_overdue": _("%(name)s: the reply was due by %(act_by)s and is late."),
    "reminder.feedback_due": _("%(name)s: please say by %(act_by)s whether you are satisfied."),
    "reminder.feedback_overdue": _("%(name)s: the deputy's evaluation was due by %(act_by)s."),
    "reminder.release_due": _("%(name)s: the verdict is to be released by %(act_by)s."),
    "reminder.release_overdue": _("%(name)s: the verdict should have been released by %(act_by)s."),
    "reminder.objection_due": _("%(name)s: the objection of an organ is to be decided by %(act_by)s."),
    "reminder.objection_overdue": _("%(name)s: the objection of an organ should have been decided by %(act_by)s."),
    "reminder.commitment_due": _("%(name)s: what %(organ)s committed to is to be done by %(act_by)s."),
    "reminder.commitment_overdue": _("%(name)s: what %(organ)s committed to was to be done by %(act_by)s and is late."),
    "reminder.commitment_report_overdue": _(
        "%(name)s: %(organ)s reported on %(act_by)s that it did what it committed to; please say whether it is so."
    ),
    "reminder.registration_overdue": _(
        "%(name)s was handed in on %(act_by)s and is not examined yet; %(count)s suggestions wait in all."
    ),
    "reminder.promise_due": _("%(name)s: promised on the spot by %(organ)s, to be kept by %(act_by)s."),
    "reminder.promise_overdue": _("%(name)s: the promise of %(organ)s was to be kept by %(act_by)s and is late."),
    "reminder.promise_report_overdue": _(
        "%(name)s: %(organ)s reported on %(act_by)s that the promise is kept; please say whether it is so."
    ),
    "reminder.task_due": _("%(name)s: what was given to the township is to be settled by %(act_by)s."),
    "reminder.task_overdue": _("%(name)s: what was given to the township was to be settled by %(act_by)s and is late."),
    "reminder.notice_overdue": _("%(name)s: %(station)s has not confirmed the notice of %(act_by)s yet."),
    "reminder.meeting_due": _("%(name)s: the deliberation meeting is held on %(act_by)s."),
    "reminder.meeting_overdue": _(
        "%(name)s: its day, %(act_by)s, is over; please open the record or cancel the meeting."
    ),
    "reminder.visit_to_complete_overdue": _(
        "%(name)s: a deputy's note waits to be completed; at this station %(count)s do."
    ),
    "reminder.voter_to_tell_overdue": _("%(name)s: the voter waits to be told what came of it."),
    "reminder.reception_due": _(
        "%(name)s: the public notice of the reception on %(act_by)s is not posted yet; it is to hang three days ahead."
    ),
    "reminder.reception_overdue": _("%(name)s: the reception was on %(act_by)s; please record who came, or cancel it."),
    "reminder.duty_due": _("%(act_by)s, %(hours)s: you are on duty at %(name)s, together with %(deputy)s."),
    "reminder.duty_overdue": _("%(act_by)s, %(hours)s: you were on duty at %(name)s, together with %(deputy)s."),
    "reminder.duty_alone_due": _("%(act_by)s, %(hours)s: you are on duty at %(name)s."),
    "reminder.duty_alone_overdue": _("%(act_by)s, %(hours)s: you were on duty at %(name)s."),
    "reminder.card_due": _("%(name)s: the supervision card asks for completion by %(act_by)s."),
    "reminder.card_overdue": _("%(name)s: the supervision card asked for completion by %(act_by)s; it is late."),
}

#: Said after the sentence where the statute's own day is a day off (invariant 9).
BEFORE_HOLIDAY = _("The statutory date, %(due_on)s, is a day off and stays; please finish before the holiday.")


def sentence(notification: Notification) -> str:
    """What it says, in one line. A kind that no longer exists is told by its matter's name."""
    params = notification.params
    name = _("%(number)s “%(title)s”") if params.get("number") else _("“%(title)s”")
    blank = {"lead": "", "organ": "", "station": "", "count": "", "deputy": "", "to": "", "words": "", "hours": ""}
    words = {
        **blank,
        "way": str(WAYS.get(params.get("refusal", ""), "")),
        **params,
        "act_by": _day(params.get("act_by", "")),
    }
    words["name"] = str(name) % {"number": params.get("number", ""), "title": params.get("title", "")}
    text = str(SENTENCES.get(notification.kind, "%(name)s")) % words + _before_holiday(notification)
    return " ".join(text.split())


def _before_holiday(notification: Notification) -> str:
    """What is still to be done by an earlier day than the statute names, and why."""
    due_on, act_by = notification.params.get("due_on", ""), notification.params.get("act_by", "")
    ahead = notification.kind.endswith("_due") and due_on > act_by
    return " " + str(BEFORE_HOLIDAY) % {"due_on": _day(due_on)} if ahead else ""


def _day(iso: str) -> str:
    """A date as letters write it, which no line breaks in two."""
    return formats.date_format(date.fromisoformat(iso), "DATE_FORMAT") if iso else ""
