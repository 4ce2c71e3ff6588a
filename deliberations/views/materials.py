"""Papers for deputies: the library with its search, one paper, its file, its copies, who has read it."""

from functools import partial
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actor import Actor
from accounts.models import Role
from accounts.transitions.accounts import Verb
from deliberations.filters.materials import MaterialFilter
from deliberations.forms.materials import MaterialForm, ReceiveCopiesForm, SendCopiesForm
from deliberations.models import Material, MaterialCopy
from deliberations.policies import materials as policies
from deliberations.reports.copies import sheets, with_readings
from deliberations.transitions import materials
from files import workbooks
from files.downloads import attachment_response, content_response
from files.signatures import BY_ENDING
from files.uploads import store_upload
from stations.models import StationStaff
from workflow import clock
from workflow.acting import Act, act_page, catalogue, offered
from workflow.engine import Invalid, permit
from workflow.forms import ReasonForm
from workflow.paging import listing

_LATEST = (("issued_on", "desc"), ("pk", "desc"))
#: Names that a page tells of those who have not read; the rest is counted.
NAMED = 60


def material_list(request: HttpRequest) -> HttpResponse:
    """The papers one may read, the newest first."""
    actor = request.actor  # type: ignore[attr-defined]
    rows = with_readings(Material.objects.visible_to(actor)).select_related("cycle", "file")
    context = listing(request, rows, MaterialFilter, _LATEST, counted=_("%(count)s papers"))
    own = set(actor.user.readings.filter(material__in=context["rows"]).values_list("material", flat=True))
    for row in context["rows"]:
        row.is_read = row.pk in own
    context |= {"may_add": policies.can_keep_materials(actor), "sees_register": policies.can_see_register(actor)}
    context["notes_reading"] = actor.role in policies.READING
    return render(request, "deliberations/materials.html", context)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper; that a deputy or a liaison opened it is noted."""
    actor = request.actor  # type: ignore[attr-defined]
    material = _found(actor, pk)
    materials.note_reading(material, actor=actor)
    context: dict[str, Any] = {
        "material": material,
        "acts": buttons(actor, material),
        "copies": _copies(actor, material),
    }
    if policies.can_see_register(actor):
        context |= {
            "read": material.readings.filter(user__posts__role=Role.DEPUTY).distinct().count(),
            "unread": _named(materials.unread(material)),
            "unread_stations": _named(materials.unread(material, Role.STATION)),
        }
    return render(request, "deliberations/material.html", context)


def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper itself; that a deputy or a liaison took it is noted."""
    actor = request.actor  # type: ignore[attr-defined]
    material = _found(actor, pk)
    if material.file is None:
        raise Http404
    materials.note_reading(material, actor=actor)
    return attachment_response(request, material.file)


def add(request: HttpRequest) -> HttpResponse:
    """Put a paper into the library."""
    actor = request.actor  # type: ignore[attr-defined]
    permit(policies.can_keep_materials(actor))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*sent, actor=actor, subject=None)
    if form.is_valid() and (made := _added(form, actor)):
        messages.success(request, _("Added. Deputies and stations are told."))
        return redirect("deliberations:material", made.pk)
    context = {"heading": _("Add a paper"), "form": form, "cancel_url": reverse("deliberations:materials")}
    return render(request, "components/act.html", context, status=422 if form.is_bound else 200)


def act(request: HttpRequest, pk: int, verb: str, part: int | None = None) -> HttpResponse:
    """The page of an act on a paper, or on copies of it."""
    actor = request.actor  # type: ignore[attr-defined]
    material, chosen = _found(actor, pk), ACTS[verb]
    if (part is None) != (chosen.subject is Material):
        raise Http404
    subject = material if part is None else _copy(actor, material, part)
    return act_page(request, chosen, None, subject, back=reverse("deliberations:material", args=[pk]))


def register(request: HttpRequest) -> HttpResponse:
    """The register of printed copies (F19) as a workbook."""
    permit(policies.can_see_register(request.actor))  # type: ignore[attr-defined]
    out = BytesIO()
    workbooks.write(out, sheets())
    name = f"材料印发登记表{clock.today():%Y%m%d}.xlsx"
    return content_response(out.getvalue(), name, BY_ENDING[".xlsx"].content_type)


def buttons(actor: Actor, subject: Material | MaterialCopy) -> list[dict[str, Any]]:
    """What this person can do now with a paper, or with copies of it."""
    return offered(ACTS.values(), actor, subject, lambda act: _url(act, subject))


def _url(act: Act, subject: Any) -> str:
    if act.subject is Material:
        return reverse("deliberations:material_act", args=[subject.pk, act.verb.value])
    return reverse("deliberations:material_copy_act", args=[subject.material_id, act.verb.value, subject.pk])


@transaction.atomic
def _store(form: MaterialForm, actor: Actor) -> Material:
    said = dict(form.cleaned_data)
    sent = said.pop("file")
    stored = store_upload(sent, user=actor.user) if sent else None
    return materials.add_material(materials.MaterialFacts(**said), actor=actor, file=stored)


def _added(form: MaterialForm, actor: Actor) -> Material | None:
    try:
        return _store(form, actor)
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None


def _found(actor: Actor, pk: int) -> Material:
    rows = Material.objects.visible_to(actor).select_related("cycle", "file", "added_by__person")
    return get_object_or_404(rows, pk=pk)


def _copies(actor: Actor, material: Material) -> list[Any]:
    """The copies that went out: all for the committee, else those of one's own stations."""
    rows: list[Any] = list(_seen(actor, material))
    for row in rows:
        row.material = material
        row.acts = buttons(actor, row)
    return rows


def _seen(actor: Actor, material: Material) -> Any:
    rows = material.copies.select_related("station")
    if policies.can_see_register(actor):
        return rows
    if actor.role != Role.STATION:
        return rows.none()
    duties = StationStaff.objects.on_duty(clock.today()).filter(person=actor.person_id)
    return rows.filter(station__in=duties.values("station"))


def _copy(actor: Actor, material: Material, pk: int) -> MaterialCopy:
    row: MaterialCopy = get_object_or_404(_seen(actor, material), pk=pk)
    row.material = material
    return row


def _named(posts: Any) -> dict[str, Any]:
    names = [post.user.person.name for post in posts]
    return {"count": len(names), "names": "、".join(names[:NAMED]), "more": max(0, len(names) - NAMED)}


def _keeps(actor: Actor, _subject: Any) -> bool:
    return policies.can_keep_materials(actor)


def _is_there(subject: Any, _verb: str) -> None:
    materials.require_current(subject if isinstance(subject, Material) else subject.material)


def _not_received(row: MaterialCopy, _verb: str) -> None:
    materials.require_not_received(row)


_on_material = partial(Act, subject=Material, allowed=_keeps, require=_is_there, versioned=False)

ACTS = catalogue(
    _on_material(Verb.SEND_COPIES, gettext_lazy("Send printed copies"), materials.send_copies, form=SendCopiesForm),
    _on_material(
        Verb.WITHDRAW_MATERIAL,
        gettext_lazy("Withdraw"),
        materials.withdraw_material,
        form=ReasonForm,
        style="danger",
        note=gettext_lazy("Deputies and stations do not see it any more; who read it stays."),
    ),
    Act(
        Verb.RECEIVE_COPIES,
        gettext_lazy("Copies received"),
        materials.receive_copies,
        policies.can_receive_copies,
        ReceiveCopiesForm,
        subject=MaterialCopy,
        require=_not_received,
        versioned=False,
    ),
)
