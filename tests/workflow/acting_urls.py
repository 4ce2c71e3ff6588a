"""Addresses of three small acts on an account: one that asks, one that only moves, one that many do at once."""

from django.db import models, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from accounts.models import Role, User
from config import urls
from tests.workflow.cases import LIFE
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Conflict, Invalid, lock, record
from workflow.forms import ReasonForm

BACK = "/back/"


class Doing(models.TextChoices):
    CLOSE = "close", "closed"
    OPEN = "open", "opened"
    NOTE = "note", "noted"


class WhyForm(ReasonForm):
    """Asks why, and proposes something."""

    def prepare(self):
        self.propose(reason=f"about {self.subject.person.name}")

    def told(self):
        return {"reason": self.cleaned_data["reason"].upper()}


@transaction.atomic
def close(case, *, actor, version, reason):
    if reason == "VAGUE":
        raise Invalid("reason", "vague", "Say more.")
    if reason == "LATE":
        raise Invalid("day", "late", "The day is over.")
    if reason == "OVERTAKEN":
        raise Conflict("overtaken", "It was overtaken.")
    record(lock(case, version=version), LIFE, "close", actor=actor, reason=reason)


@transaction.atomic
def reopen(case, *, actor, version):
    record(lock(case, version=version), LIFE, "open", actor=actor)


@transaction.atomic
def note(case, *, actor):
    return record(lock(case), LIFE, "note", actor=actor).seq


def is_staff(actor, _subject):
    return actor.role == Role.COMMITTEE_STAFF


def has_phone(case):
    if not case.person.phone:
        raise Conflict("no_phone", "There is no telephone.")


def answer(_request, subject, result):
    return HttpResponse(f"{subject.username} has {result}")


_OF_CASE = {"subject": User, "require": LIFE.require}
ACTS = catalogue(
    Act(Doing.CLOSE, "Close it", close, is_staff, WhyForm, note="For good.", then="Bye.", style="danger", **_OF_CASE),
    Act(Doing.OPEN, "Open it", reopen, is_staff, ready=has_phone, submit="Go on", **_OF_CASE),
    Act(Doing.NOTE, "Note it", note, is_staff, versioned=False, answer=answer, **_OF_CASE),
)


def page(request, pk, verb):
    case = get_object_or_404(User, pk=pk)
    return act_page(request, ACTS[verb], case, case, back=BACK)


def buttons(actor, subject):
    return offered(ACTS.values(), actor, subject, lambda act: f"/{subject.pk}/{act.verb.value}/")


urlpatterns = [path("<int:pk>/<str:verb>/", page), *urls.urlpatterns]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
