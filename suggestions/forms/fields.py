"""What the forms are built of: the form of an act, days, long texts, deputies by whatever is typed, organs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from accounts.models import Organ
from files.workbooks.cells import as_names
from stations.models import Level, Mandate
from workflow import clock
from workflow.text import key, typed


class ActForm(forms.Form):
    """The form of an act: who acts on what. Its page adds the version of the case it was opened on."""

    def __init__(self, *args: Any, actor: Actor, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.subject = actor, subject
        self.prepare()

    def prepare(self) -> None:
        """Fill choices and proposals from the subject; overridden where a form has any."""

    def offer(self, name: str, queryset: QuerySet) -> None:
        """Set the choices of a field."""
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def propose(self, **values: Any) -> None:
        """Fill in what is probably meant."""
        for name, value in values.items():
            self.initial.setdefault(name, value)


def words_field(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), max_length=10_000, **options)


class DeputyField(forms.CharField):
    """One deputy in office, by name, certificate number, pinyin or its initials; cleans to the mandate."""

    def clean(self, value: Any) -> Mandate | None:
        """Raises ValidationError that names the candidates when there are several, or says that there is none."""
        words = super().clean(value)
        return one_deputy(words) if words else None


class DeputiesField(forms.CharField):
    """Several deputies as ``DeputyField`` takes them, parted by 、 or commas, lines or blanks."""

    def clean(self, value: Any) -> list[Mandate]:
        """Raises ValidationError for the first name that is not one deputy."""
        return [one_deputy(name) for name in as_names(super().clean(value))]


def one_deputy(words: str) -> Mandate:
    """The deputy meant: an exact name or number before pinyin, a county deputy before one of another level.

    Raises ValidationError.
    """
    wanted = key(words)
    active = Mandate.objects.active(clock.today()).filter(search_text__contains=wanted)
    rows = list(active.select_related("person", "delegation", "term").order_by("certificate_no"))
    exact = [row for row in rows if wanted in (key(row.person.name), key(row.certificate_no))]
    found = exact or [row for row in rows if wanted in typed(row.person.pinyin).split()]
    found = [row for row in found if row.level == Level.COUNTY] or found
    if not found:
        raise forms.ValidationError(_("No deputy in office is called “%(name)s”."), "unknown", {"name": words})
    if len(found) > 1:
        who = "；".join(f"{row.certificate_no} {row.person.name} {row.delegation or ''}".strip() for row in found[:6])
        sentence = _("Several deputies are called “%(name)s”. Enter the certificate number: %(who)s")
        raise forms.ValidationError(sentence, "ambiguous", {"name": words, "who": who})
    return found[0]


def receiving_organs() -> QuerySet:
    """Organs of the county that exist today; the government office first, because most go through it."""
    return Organ.objects.existing(clock.today()).exclude(kind=Organ.Kind.HIGHER_LEVEL)
