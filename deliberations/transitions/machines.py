"""The lives of a cycle, of its topics, of its notices and of a notice at a station, each readable in one table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.gates import STEPS
from deliberations.models import Cycle, Notice, NoticeReceipt, Topic
from workflow.engine import Machine, Transition


class Verb(models.TextChoices):
    """Every act in a cycle, as the timeline tells it."""

    PLAN = "plan", _("cycle planned")
    UPDATE = "update", _("plan changed")
    TAKE_IN = "take_in", _("stations taken in")
    LEAVE_OUT = "leave_out", _("station left out")
    PLAN_MEETING = "plan_meeting", _("day of the station's meeting set")
    ADD_TOPIC = "add_topic", _("topic proposed")
    CORRECT_TOPIC = "correct_topic", _("topic corrected")
    SELECT_TOPICS = "select_topics", _("topic selected")
    DROP_TOPIC = "drop_topic", _("topic not selected")
    RETURN_TOPIC = "return_topic", _("topic proposed again")
    MOVE_ON = "move_on", _("next step begun")
    ISSUE_NOTICE = "issue_notice", _("notice issued to the stations")
    WITHDRAW_NOTICE = "withdraw_notice", _("notice withdrawn")
    RECEIVE_NOTICE = "receive_notice", _("notice received")
    RECORD_RECEIPT = "record_receipt", _("receipt of the notice recorded")
    CONVEY_NOTICE = "convey_notice", _("notice conveyed to the deputies")
    RECORD_PUBLICITY = "record_publicity", _("publicity recorded")
    RECORD_TRAINING = "record_training", _("training recorded")
    CORRECT_PUBLICITY = "correct_publicity", _("publicity corrected")
    CORRECT_TRAINING = "correct_training", _("training corrected")
    WRITE_REVIEW = "write_review", _("review written")
    WRITE_PLAN = "write_plan", _("purpose and requirements written")
    PLAN_STEPS = "plan_steps", _("days of the four steps planned")
    ARRANGE = "arrange", _("grouping table filled in")
    RECORD_APPROVAL = "record_approval", _("approval of the plan recorded")
    DROP_APPROVAL = "drop_approval", _("approval of the plan taken back")


C, T, N, R = Cycle.Status, Topic.Status, Notice.Status, NoticeReceipt.Status

#: States in which the stations still prepare their meetings.
_BEFORE = (C.PREPARING, C.MOBILISING, C.VISITING)
#: States in which a notice is on its way.
_MOBILISED = (C.MOBILISING, C.VISITING, C.DELIBERATING)
#: States in which the stations have been told; what was received or conveyed may be recorded late.
_TOLD = (*_MOBILISED, C.HANDLING)

CYCLE = Machine(
    "cycle",
    C,
    (
        Transition(Verb.PLAN, (), (C.PREPARING,)),
        Transition(Verb.UPDATE, _BEFORE),
        Transition(Verb.TAKE_IN, _BEFORE),
        Transition(Verb.LEAVE_OUT, _BEFORE),
        Transition(Verb.PLAN_MEETING, (*_BEFORE, C.DELIBERATING)),
        Transition(Verb.ADD_TOPIC, (C.PREPARING,)),
        Transition(Verb.CORRECT_TOPIC, (C.PREPARING,)),
        Transition(Verb.SELECT_TOPICS, (C.PREPARING,)),
        Transition(Verb.DROP_TOPIC, (C.PREPARING,)),
        Transition(Verb.RETURN_TOPIC, (C.PREPARING,)),
        Transition(Verb.MOVE_ON, tuple(STEPS), tuple(STEPS.values())),
        Transition(Verb.ISSUE_NOTICE, (C.MOBILISING, C.VISITING)),
        Transition(Verb.WITHDRAW_NOTICE, _MOBILISED),
        Transition(Verb.RECEIVE_NOTICE, _TOLD),
        Transition(Verb.RECORD_RECEIPT, _TOLD),
        Transition(Verb.CONVEY_NOTICE, _TOLD),
        Transition(Verb.RECORD_PUBLICITY, _TOLD),
        Transition(Verb.RECORD_TRAINING, (C.PREPARING, *_TOLD)),
        Transition(Verb.CORRECT_PUBLICITY, _TOLD),
        Transition(Verb.CORRECT_TRAINING, (C.PREPARING, *_TOLD)),
        Transition(Verb.WRITE_REVIEW, (C.DELIBERATING, C.HANDLING)),
        Transition(Verb.WRITE_PLAN, _BEFORE),
        Transition(Verb.PLAN_STEPS, _BEFORE),
        Transition(Verb.ARRANGE, (*_BEFORE, C.DELIBERATING)),
        Transition(Verb.RECORD_APPROVAL, (*_BEFORE, C.DELIBERATING)),
        Transition(Verb.DROP_APPROVAL, (*_BEFORE, C.DELIBERATING)),
    ),
)

TOPIC = Machine(
    "topic",
    T,
    (
        Transition(Verb.ADD_TOPIC, (), (T.POOL,)),
        Transition(Verb.CORRECT_TOPIC, (T.POOL,)),
        Transition(Verb.SELECT_TOPICS, (T.POOL,), (T.SELECTED,)),
        Transition(Verb.DROP_TOPIC, (T.POOL,), (T.DROPPED,)),
        Transition(Verb.RETURN_TOPIC, (T.SELECTED, T.DROPPED), (T.POOL,)),
    ),
)

NOTICE = Machine(
    "notice",
    N,
    (
        Transition(Verb.ISSUE_NOTICE, (), (N.ISSUED,)),
        Transition(Verb.WITHDRAW_NOTICE, (N.ISSUED,), (N.WITHDRAWN,)),
    ),
)

RECEIPT = Machine(
    "receipt",
    R,
    (
        Transition(Verb.RECEIVE_NOTICE, (R.SENT,), (R.RECEIVED,)),
        Transition(Verb.RECORD_RECEIPT, (R.SENT,), (R.RECEIVED,)),
        Transition(Verb.CONVEY_NOTICE, (R.RECEIVED,), (R.CONVEYED,)),
    ),
)

MACHINES = (CYCLE, TOPIC, NOTICE, RECEIPT)
