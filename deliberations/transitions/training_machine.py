"""The acts of a training: they stand in the record of its cycle, whose state they never move."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle
from workflow.engine import Machine, Transition


class TrainingVerb(models.TextChoices):
    """Every act of a training, as the cycle's timeline tells it."""

    PLAN = "plan_training", _("training planned")
    CHANGE = "change_training", _("training changed")
    INVITE = "invite_to_training", _("deputies invited to the training chosen")
    ANSWER = "answer_training", _("deputy answered the invitation to the training")
    SIGN_IN = "sign_in_to_training", _("deputy signed in to the training")
    NOTE = "note_training", _("sign-in sheet of the training noted")
    ADD_FILES = "add_training_files", _("files added to the training")
    REMOVE_FILE = "remove_training_file", _("file taken from the training")
    WRITE_NEWS = "write_training_news", _("short news of the training written")
    RENEW_CODE = "renew_sign_in_code", _("sign-in code of the training renewed")
    CANCEL = "cancel_training", _("training cancelled")


C = Cycle.Status
#: A training is planned and held until the cycle is concluded; its papers may be completed as long.
_RUNNING = (C.PREPARING, C.MOBILISING, C.VISITING, C.DELIBERATING, C.HANDLING)

TRAINING = Machine("training", C, tuple(Transition(verb, _RUNNING) for verb in TrainingVerb))
