"""What a report is asked for with."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from deliberations.models import Cycle


class MakeReportForm(forms.Form):
    """Of everything, or of one deliberation cycle; where there is no cycle there is nothing to choose."""

    cycle = forms.ChoiceField(label=_("deliberation cycle"), required=False)

    def __init__(self, *args: Any, name: str, cycles: Sequence[Cycle], **kwargs: Any) -> None:
        # several of these stand on one page
        super().__init__(*args, **{"auto_id": f"{name}_%s", **kwargs})
        self.cycles = {str(cycle.pk): cycle for cycle in cycles}
        self.fields["cycle"].choices = [  # type: ignore[attr-defined]
            ("", _("everything")),
            *((pk, f"{cycle.year} · {cycle.title}") for pk, cycle in self.cycles.items()),
        ]
        if not cycles:
            del self.fields["cycle"]

    @property
    def chosen(self) -> Cycle | None:
        """The cycle of a valid form; None for everything."""
        return self.cycles.get(self.cleaned_data.get("cycle", ""))
