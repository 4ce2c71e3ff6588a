"""The acts on reception days: of a station, of a rule, of a day, of a duty, of a photo."""

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from stations import policies
from stations.forms import receptions as forms
from stations.models import Duty, ReceptionDay, ReceptionFile, ReceptionRule, Station
from stations.transitions import reception_duties, reception_rules, receptions
from stations.transitions.reception_machine import OF_STATION, RECEPTION, ReceptionVerb
from workflow import clock
from workflow.acting import Act, catalogue
from workflow.engine import Conflict
from workflow.forms import ActForm

V, S = ReceptionVerb, Duty.State


def _keeps_station(actor: Actor, station: Station) -> bool:
    return policies.can_keep_receptions(actor, station)


def _keeps_day(actor: Actor, day: ReceptionDay) -> bool:
    return policies.can_keep_receptions(actor, day.station)


def _keeps_other(actor: Actor, row: Any) -> bool:
    return policies.can_keep_receptions(actor, row.day.station)


def _keeps_rule(actor: Actor, rule: ReceptionRule) -> bool:
    return policies.can_keep_receptions(actor, rule.station)


def _require_day(day: ReceptionDay, verb: str) -> None:
    RECEPTION.require(day, verb)
    OF_STATION.require(day.station, verb)


def _require_of_day(row: Any, verb: str) -> None:
    _require_day(row.day, verb)


def _require_rule(rule: ReceptionRule, verb: str) -> None:
    OF_STATION.require(rule.station, verb)
    if rule.until is not None and rule.until < clock.today():
        raise Conflict("rule_over", _("This rule has ended already."))


def _begun(day: ReceptionDay) -> None:
    if day.on > clock.today():
        raise Conflict("too_early", _("The reception is on %(day)s only."), day=day.on)


def _due(duty: Duty) -> None:
    if duty.state != S.DUE:
        raise Conflict(
            "wrong_duty", _("This is not possible now: the state is “%(state)s”."), state=duty.get_state_display()
        )


def _due_or_leave(duty: Duty) -> None:
    if duty.state != S.LEAVE:
        _due(duty)


def _still_to_come(duty: Duty) -> None:
    _due(duty)
    if duty.day.on < clock.today():
        raise Conflict("over", _("This day is over."))


_at_station = partial(Act, allowed=_keeps_station, subject=Station, require=OF_STATION.require)
_on_day = partial(Act, allowed=_keeps_day, subject=ReceptionDay, require=_require_day)
_on_duty = partial(Act, allowed=_keeps_other, subject=Duty, require=_require_of_day)

_MOVED_NOTE = _("The deputies on duty are told. A notice that is on the wall already is to be posted anew.")
_TURN_NOTE = _("Deputies are put on duty in turn: whoever served least this year, and of those longest ago.")

STATION_ACTS = catalogue(
    _at_station(
        V.ADD_DAY, _("Add a reception day"), receptions.add_day, form=forms.AddDayForm, style="primary", note=_TURN_NOTE
    ),
    _at_station(V.SET_RULE, _("Set a rule"), reception_rules.set_rule, form=forms.RuleForm, note=_TURN_NOTE),
    _at_station(V.PLAN_DAYS, _("Plan the next three months"), reception_rules.plan_days, note=_TURN_NOTE),
    _at_station(
        V.SET_MARKET_DAYS, _("Market days"), reception_rules.set_market_days, form=forms.MarketForm, submit=_("Save")
    ),
)
END_RULE = Act(
    V.END_RULE,
    _("End the rule"),
    reception_rules.end_rule,
    _keeps_rule,
    forms.EndRuleForm,
    subject=ReceptionRule,
    require=_require_rule,
    note=_("Days after it with which nobody did anything yet are taken away."),
    style="danger",
)
DAY_ACTS = catalogue(
    _on_day(V.POST_NOTICE, _("Notice posted"), receptions.post_notice, form=forms.PostNoticeForm, style="primary"),
    _on_day(
        V.NOTE_ATTENDANCE, _("Record attendance"), receptions.note_attendance, form=forms.AttendanceForm, ready=_begun
    ),
    _on_day(V.ADD_PAPERS, _("Add photos"), receptions.add_papers, form=forms.PapersForm, ready=_begun),
    _on_day(V.WRITE_NEWS, _("Short news"), receptions.write_news, form=forms.NewsForm, submit=_("Save")),
    _on_day(V.PUT_ON_DUTY, _("Put a deputy on duty"), reception_duties.put_on_duty, form=forms.PutOnDutyForm),
    _on_day(
        V.CHANGE_DAY, _("Change day, hour or place"), receptions.change_day, form=forms.ChangeDayForm, note=_MOVED_NOTE
    ),
    _on_day(
        V.CANCEL_DAY, _("Cancel the reception day"), receptions.cancel_day, form=forms.CancelDayForm, style="danger"
    ),
)
DUTY_ACTS = catalogue(
    _on_duty(
        V.SUBSTITUTE, _("Substitute"), reception_duties.substitute, form=forms.SubstituteForm, ready=_due_or_leave
    ),
    _on_duty(V.SWAP, _("Swap"), reception_duties.swap, form=forms.SwapForm, ready=_due),
    _on_duty(V.GRANT_LEAVE, _("Leave"), reception_duties.grant_leave, form=forms.LeaveForm, ready=_due),
    _on_duty(
        V.TAKE_OFF_DUTY,
        _("Take off"),
        reception_duties.take_off_duty,
        form=ActForm,
        ready=_due_or_leave,
        style="danger",
    ),
    Act(
        V.ASK_SUBSTITUTE,
        _("I need a substitute"),
        reception_duties.ask_substitute,
        policies.can_ask_substitute,
        forms.AskForm,
        subject=Duty,
        require=_require_of_day,
        ready=_still_to_come,
        submit=_("Ask for a substitute"),
        then=_("The liaison officer was told and looks for somebody."),
        versioned=False,
    ),
)
REMOVE_PAPER = Act(
    V.REMOVE_PAPER,
    _("Remove the photo"),
    receptions.remove_paper,
    _keeps_other,
    subject=ReceptionFile,
    require=_require_of_day,
    style="danger",
)
