"""By what lists of accounts, organs and the record may be narrowed; nothing that is not named here is a filter."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Replace
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountEvent, Organ, Post, Role, User
from accounts.transitions.accounts import Verb
from workflow import clock
from workflow.text import fold, key

_DAY = forms.DateInput({"type": "date"})


class AccountFilter(filters.FilterSet):
    """Name, pinyin or user name; role held today; state."""

    q = filters.CharFilter(label=_("name or user name"), method="search")
    role = filters.ChoiceFilter(label=_("role"), choices=Role.choices, method="by_role")
    status = filters.ChoiceFilter(label=_("state"), choices=User.Status.choices)

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Part of the name, of its pinyin written in one piece, or of the user name."""
        words = key(value)
        queryset = queryset.alias(sound=Replace("person__pinyin", Value(" "), Value("")))
        return queryset.filter(Q(person__name__contains=words) | Q(sound__contains=words) | Q(username__contains=words))

    def by_role(self, queryset: Any, name: str, value: str) -> Any:
        """Whoever holds the role today, locked or not."""
        held = Post.objects.current(clock.today()).filter(user=OuterRef("pk"), role=value)
        return queryset.filter(Exists(held))


class OrganFilter(filters.FilterSet):
    """Any name it ever had, or its pinyin; kind; existing or closed."""

    STATES = [("existing", _("existing")), ("closed", _("dissolved"))]

    q = filters.CharFilter(label=_("search"), method="search")
    kind = filters.ChoiceFilter(label=_("kind"), choices=Organ.Kind.choices)
    state = filters.ChoiceFilter(label=_("state"), choices=STATES, method="by_state")

    class Meta:
        model = Organ
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Each word must stand somewhere among its names; two characters are enough."""
        for word in fold(value).split():
            queryset = queryset.filter(search_text__contains=word)
        return queryset

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        """As of today."""
        existing = queryset.existing(clock.today())
        return existing if value == "existing" else queryset.exclude(pk__in=existing.values("pk"))


class EventFilter(filters.FilterSet):
    """Whose account or who acted; what; when."""

    q = filters.CharFilter(label=_("account or actor"), method="search")
    verb = filters.ChoiceFilter(label=_("act"), choices=Verb.choices)
    since = filters.DateFilter(label=_("from"), field_name="at", lookup_expr="date__gte", widget=_DAY)
    until = filters.DateFilter(label=_("to"), field_name="at", lookup_expr="date__lte", widget=_DAY)

    class Meta:
        model = AccountEvent
        fields: list[str] = []

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Part of a name or user name of either of the two."""
        words = key(value)
        found = Q()
        for who in ("user", "actor"):
            found |= Q(**{f"{who}__username__contains": words}) | Q(**{f"{who}__person__name__contains": words})
        return queryset.filter(found)
