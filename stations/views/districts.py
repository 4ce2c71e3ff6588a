"""Electoral districts: the list with the vacant seats, one district with its deputies, and what staff do to it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.transitions.accounts import Verb as AccountVerb
from stations import policies
from stations.filters.districts import DistrictFilter
from stations.forms.people import DistrictForm, EnterDeputyForm, NewDistrictForm, PutToDistrictForm
from stations.models import ElectoralDistrict, Mandate
from stations.transitions import districts
from stations.transitions.entering import enter_deputy
from stations.transitions.machines import Verb
from workflow import clock
from workflow.acting import Act, act_page
from workflow.engine import Conflict, Invalid, permit
from workflow.paging import listing

_ORDER = (("term__id", "asc"), ("number", "asc"), ("pk", "asc"))


@dataclass(frozen=True)
class Vacancy:
    """A seat without a deputy: since when, and whose it was; nobody's when it was never filled."""

    since: date | None
    last: Mandate | None

    @property
    def days(self) -> int | None:
        """Calendar days until today; None when the day is not known."""
        return (clock.today() - self.since).days if self.since else None


def _may_keep(actor: Actor, _subject: Any) -> bool:
    return policies.can_keep_districts(actor)


def _require(_subject: Any, _verb: str) -> None:
    """A district has no state."""


_on_district = partial(Act, allowed=_may_keep, subject=ElectoralDistrict, require=_require, versioned=False)
EDIT = _on_district(AccountVerb.SET_DISTRICT, _("Edit"), districts.set_district, form=DistrictForm, submit=_("Save"))
PUT = _on_district(Verb.CORRECT, _("Put deputies here"), districts.put_to_district, form=PutToDistrictForm)


def district_list(request: HttpRequest) -> HttpResponse:
    """Districts of the present congresses, with seats, deputies in office and vacant seats."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = (
        ElectoralDistrict.objects.visible_to(actor)
        .with_seats(clock.today())
        .select_related("term__township", "township")
    )
    if not request.GET.get("term"):
        rows = rows.filter(term__is_current=True)
    context = listing(request, rows, DistrictFilter, _ORDER, counted=_("%(count)s districts"))
    vacancies = vacancies_of(context["rows"])
    for row in context["rows"]:
        row.vacancies = vacancies[row.pk]
    context |= {"may_keep": policies.can_keep_districts(actor), "unplaced": _unplaced()}
    return render(request, "stations/districts.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One district: its seats, who holds them, who held them before."""
    actor = request.actor  # type: ignore[attr-defined]
    district = _visible(request, pk)
    mandates = district.mandates.select_related("person", "term", "station").order_by("-ended_on", "certificate_no")
    context = {
        "district": district,
        "vacancies": vacancies_of([district])[district.pk],
        "mandates": sorted(mandates, key=lambda row: row.status == Mandate.Status.ENDED),
        "may_keep": policies.can_keep_districts(actor),
    }
    return render(request, "stations/district.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Enter a new district."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_districts(actor))
    form = NewDistrictForm(request.POST if request.method == "POST" else None, actor=actor, subject=None)
    made = _entered(form, lambda: districts.enter_district(actor=actor, **form.told()))
    if made is not None:
        messages.success(request, _("Entered. Now say which deputies were elected there."))
        return redirect("stations:district", made.pk)
    context = {"heading": _("New district"), "form": form, "cancel_url": reverse("stations:districts")}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a district."""
    return _act(request, EDIT, pk)


def put_deputies(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which deputies were elected there."""
    return _act(request, PUT, pk)


def add_deputy(request: HttpRequest) -> HttpResponse:
    """Enter one deputy, as after a by-election; ``?district=`` names the vacancy that is filled."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_mandates(actor))
    form = EnterDeputyForm(request.POST if request.method == "POST" else None, actor=actor, subject=_to_fill(request))
    conflict = ""
    try:
        made = _entered(form, lambda: enter_deputy(actor=actor, **form.told()))
    except Conflict as refused:
        made, conflict = None, refused.sentence
    if made is not None:
        messages.success(request, _("Entered. Now open an account or print a card."))
        return redirect("stations:deputy", made.pk)
    status = 409 if conflict else 422 if form.is_bound else 200
    context = {"heading": _("Enter a deputy"), "form": form, "cancel_url": reverse("stations:deputies")}
    return render(request, "components/act.html", {**context, "conflict": conflict}, status=status)


def vacancies_of(rows: Sequence[ElectoralDistrict]) -> dict[int, list[Vacancy]]:
    """The vacant seats of each district (with ``vacant``), the longest first.

    A by-election fills the seat that has been vacant longest, so the latest to leave are those without a successor.
    """
    wanting = {row.pk: row for row in rows if row.vacant > 0}  # type: ignore[attr-defined]
    left = Mandate.objects.filter(district__in=wanting, ended_on__lte=clock.today()).select_related("person")
    gone: dict[int, list[Vacancy]] = defaultdict(list)
    for mandate in left.order_by("-ended_on", "-pk"):
        found = gone[mandate.district_id or 0]
        if len(found) < wanting[mandate.district_id or 0].vacant:  # type: ignore[attr-defined]
            found.append(Vacancy(mandate.ended_on, mandate))
    for pk, row in wanting.items():
        never = row.vacant - len(gone[pk])  # type: ignore[attr-defined]
        gone[pk] = [*([Vacancy(row.term.starts_on, None)] * never), *reversed(gone[pk])]
    return gone


def _unplaced() -> int:
    """How many deputies whom voters elect themselves stand in no district; 0 where the county enters no districts."""
    direct = ElectoralDistrict.objects.filter(term__is_current=True).values("term")
    return Mandate.objects.in_office(clock.today()).filter(term__in=direct, district=None).count()


def _to_fill(request: HttpRequest) -> ElectoralDistrict | None:
    asked = request.GET.get("district", "")
    rows = ElectoralDistrict.objects.with_seats(clock.today()).filter(term__is_current=True, vacant__gt=0)
    return rows.select_related("term__township").filter(pk=asked).first() if asked.isdecimal() else None


def _entered(form: Any, perform: Any) -> Any:
    """What the form made; None when it is not sent yet or says why not."""
    if not form.is_valid():
        return None
    try:
        return perform()
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


def _act(request: HttpRequest, act: Act, pk: int) -> HttpResponse:
    district = _visible(request, pk)
    return act_page(request, act, None, district, back=reverse("stations:district", args=[pk]))


def _visible(request: HttpRequest, pk: int) -> ElectoralDistrict:
    rows = ElectoralDistrict.objects.visible_to(request.actor).with_seats(clock.today())  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related("term__township", "township"), pk=pk)
