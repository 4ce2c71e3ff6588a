"""One page for each act: may I (403) → is it possible (409) → form (422) → verb → back to where it began.

An app lists its acts in a catalogue of ``Act``; pages show the ones that are open as buttons, ``act_page`` answers
the page of one.
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from workflow.engine import Conflict, Invalid, Stale, permit
from workflow.forms import ActForm
from workflow.models import Case


def _nothing_more(_subject: Any) -> None:
    """An act that needs nothing but its state."""


@dataclass(frozen=True)
class Act:
    """A verb with its page.

    ``subject`` is the model of the row that the verb takes. ``require(subject, verb)`` raises Conflict unless the
    machines let the verb start, ``ready(subject)`` unless all else is there. ``note`` is read before the act,
    ``then`` after it; ``submit`` stands on the button where it is not the label. What many do at the same moment is
    not ``versioned``: nobody is told that another was faster, and the verb takes no version. ``answer`` makes the
    page after the act from what the verb returned, where that is not the page it began on.
    """

    verb: Any
    label: Any
    perform: Callable[..., Any]
    allowed: Callable[[Any, Any], bool]
    form: type[ActForm] = ActForm
    _: KW_ONLY
    subject: type
    require: Callable[[Any, str], None]
    ready: Callable[[Any], Any] = _nothing_more
    note: Any = ""
    then: Any = ""
    submit: Any = ""
    style: str = "secondary"
    versioned: bool = True
    answer: Callable[[HttpRequest, Any, Any], HttpResponse] | None = None

    def check(self, subject: Any) -> None:
        """Raise Conflict unless the act is possible now."""
        self.require(subject, self.verb)
        self.ready(subject)

    def is_open_to(self, actor: Any, subject: Any) -> bool:
        """Whether this person can do it now; what costs a query is asked last."""
        try:
            self.require(subject, self.verb)
            if not self.allowed(actor, subject):
                return False
            self.ready(subject)
        except Conflict:
            return False
        return True


def catalogue(*acts: Act) -> dict[str, Act]:
    """Acts by the name that stands in their address."""
    return {act.verb.value: act for act in acts}


def offered(acts: Iterable[Act], actor: Any, subject: Any, url: Callable[[Act], str]) -> list[dict[str, Any]]:
    """The acts on this row that the person can do now, as buttons."""
    return [
        {"label": act.label, "url": url(act), "style": act.style, "verb": act.verb.value}
        for act in acts
        if isinstance(subject, act.subject) and act.is_open_to(actor, subject)
    ]


def act_page(
    request: HttpRequest,
    act: Act,
    case: Case | None,
    subject: Any,
    *,
    back: str,
    template: str = "components/act.html",
    **context: Any,
) -> HttpResponse:
    """The page of an act on ``subject``, a row of ``case``; ``context`` is what the template shows beside it.

    Refused because somebody was faster, it shows again what was typed (409). An act that is not ``versioned`` may
    have no case at all. Raises NotAllowed, and Conflict where there is no form to show again.
    """
    permit(act.allowed(request.actor, subject))  # type: ignore[attr-defined]
    context = {"act": act, "heading": act.label, "lead": subject, "cancel_url": back, **context}
    if request.method != "POST":
        act.check(subject)
        return _shown(request, template, context, case, _form(request, act, subject), 200)
    form = _form(request, act, subject, request.POST, request.FILES)
    try:
        answer = _performed(request, act, case, subject, form, back)
    except Conflict as refused:
        if not form.fields:
            raise
        if case is not None:
            case.refresh_from_db()
        return _shown(request, template, {**context, "conflict": refused.sentence}, case, form, 409)
    return answer or _shown(request, template, context, case, form, 422)


def _form(request: HttpRequest, act: Act, subject: Any, *sent: Any) -> ActForm:
    return act.form(*sent, actor=request.actor, subject=subject)  # type: ignore[attr-defined]


def _performed(
    request: HttpRequest, act: Act, case: Case | None, subject: Any, form: ActForm, back: str
) -> HttpResponse | None:
    """The answer after the act; None when the form says why it did not happen. Raises Conflict."""
    version = {"version": _version(case)} if act.versioned else {}
    # whatever was typed belongs to the case as it was when the page was opened
    if act.versioned and request.POST.get("version") != str(_version(case)):
        raise Stale
    act.check(subject)
    if not form.is_valid():
        return None
    try:
        result = act.perform(subject, actor=form.actor, **version, **form.told())
    except Invalid as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return None
    if act.answer is not None:
        return act.answer(request, subject, result)
    done_so = _("Done: %(act)s.") % {"act": act.verb.label}
    messages.success(request, f"{done_so} {act.then}".strip())
    return redirect(back)


def _version(case: Case | None) -> int:
    """The version of the case; what has no case yet begins at 0."""
    return case.version if case is not None else 0


def _shown(
    request: HttpRequest, template: str, context: dict[str, Any], case: Case | None, form: ActForm, status: int
) -> HttpResponse:
    act = context["act"]
    page = {
        "form": form,
        "version": _version(case) if act.versioned else None,
        "submit_label": act.submit or act.label,
        "danger": act.style == "danger",
        **context,
    }
    return render(request, template, page, status=status)
