"""Fields that the forms of accounts and organs share."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.models import Organ, OrganName, User
from workflow import clock
from workflow.text import key

#: Before the first people's congresses there was nothing to be entered here.
EARLIEST = date(1949, 10, 1)


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day that is today unless said otherwise; a year typed as 0026 is none."""
    sensible = MinValueValidator(EARLIEST)
    return forms.DateField(label=label, widget=Day(), validators=[sensible], **{"initial": clock.today, **options})


def organ_field(label: Any, **options: Any) -> forms.ModelChoiceField:
    """An organ of the list; which ones exist is asked when the form is made."""
    return forms.ModelChoiceField(Organ.objects.none(), label=label, empty_label="—", **options)


class FoundField(forms.CharField):
    """Something typed that must mean exactly one row: found by ``find``, refused with the candidates otherwise.

    ``near`` finds what may have been meant when nothing is called so; it is named, never taken.
    """

    def __init__(
        self,
        *,
        find: Callable[[str], list[Any]],
        tell: Callable[[Any], str],
        near: Callable[[str], list[Any]] = lambda _words: [],
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.find, self.tell, self.near = find, tell, near

    def clean(self, value: Any) -> Any:
        """The one row meant; raises ValidationError for none and for several."""
        words = super().clean(value)
        if not words:
            return None
        found = self.find(words)
        if not found:
            raise self._unknown(words)
        if len(found) > 1:
            who = self._named(found)
            sentence = _("Several are called “%(name)s”; enter what stands in brackets: %(who)s")
            raise forms.ValidationError(sentence, "ambiguous", {"name": words, "who": who})
        return found[0]

    def _unknown(self, words: str) -> forms.ValidationError:
        near = self.near(words)
        if not near:
            return forms.ValidationError(_("Nothing here is called “%(name)s”."), "unknown", {"name": words})
        sentence = _("Nothing here is called “%(name)s”. Is it one of these: %(who)s")
        return forms.ValidationError(sentence, "unknown", {"name": words, "who": self._named(near)})

    def _named(self, rows: list[Any]) -> str:
        return "；".join(self.tell(row) for row in rows[:6])


def user_field(label: Any) -> FoundField:
    """An active account, by user name or by the person's name."""
    return FoundField(
        label=label,
        max_length=40,
        help_text=_("Name or user name"),
        find=_users,
        tell=lambda user: f"{user.person.name} ({user.username})",
    )


def _users(words: str) -> list[User]:
    active = User.objects.active().select_related("person").order_by("pk")
    by_username = list(active.filter(username=key(words)))
    return by_username or list(active.filter(person__name="".join(words.split())))


def named_organ(label: Any, **options: Any) -> FoundField:
    """An existing organ, by any of its names."""
    return FoundField(label=label, max_length=80, find=_organs, tell=str, near=_organs_like, **options)


def _organs(words: str) -> list[Organ]:
    rows = OrganName.objects.select_related("organ").filter(folded=key(words))
    return [row.organ for row in rows if row.organ.closed_on is None]


def _organs_like(words: str) -> list[Organ]:
    """Existing organs in whose name the words stand, as when the county is left out."""
    return list(Organ.objects.existing(clock.today()).filter(name__contains=key(words)).order_by("name"))
