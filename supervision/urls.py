"""Addresses of what looks across."""

from django.urls import path, register_converter

from supervision import views
from supervision.views import calendar, card_acts, cards, chain, rules


class CardActConverter:
    """The name of an act on a card that has a page."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> str:
        """Only known acts have an address."""
        if value not in card_acts.ACTS:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


register_converter(CardActConverter, "card_act")

app_name = "supervision"
urlpatterns = [
    path("", views.workbench_page, name="workbench"),
    path("chain/<int:pk>/", chain.chain, name="chain"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:name>/", views.make_report, name="make_report"),
    path("cards/", cards.card_list, name="cards"),
    path("cards/fill/<int:suggestion>/", card_acts.fill, name="fill_card"),
    path("cards/<int:pk>/", cards.detail, name="card"),
    path("cards/<int:pk>/sheet/", cards.sheet, name="card_sheet"),
    path("cards/<int:pk>/sheet/<int:version>/", cards.signed_sheet, name="signed_sheet"),
    path("cards/<int:pk>/<card_act:verb>/", card_acts.act, name="card_act"),
    path("rules/", rules.overview, name="rules"),
    path("rules/new/", rules.new_set, name="new_rules"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/load/", calendar.load, name="load_calendar"),
]
