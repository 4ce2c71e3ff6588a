"""Addresses of what looks across."""

from collections.abc import Mapping
from typing import Any

from django.urls import path, register_converter

from supervision import views
from supervision.views import (
    allowance,
    calendar,
    calls,
    card_acts,
    cards,
    chain,
    demo,
    document_templates,
    folders,
    ledgers,
    month,
    performance,
    pressing,
    reports,
    rules,
    wall,
)


class CardActConverter:
    """The name of an act on a card that has a page."""

    regex = "[a-z_]+"
    acts: Mapping[str, Any] = card_acts.ACTS

    def to_python(self, value: str) -> str:
        """Only known acts have an address."""
        if value not in self.acts:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


class ProposalActConverter(CardActConverter):
    """The name of an act on a proposed step that has a page."""

    acts = pressing.ACTS


class CallActConverter(CardActConverter):
    """The name of an act on a call that has a page."""

    acts = calls.ACTS


class PartyConverter(CardActConverter):
    """Whom one rings up."""

    acts = calls.KINDS


register_converter(CardActConverter, "card_act")
register_converter(ProposalActConverter, "proposal_act")
register_converter(CallActConverter, "call_act")
register_converter(PartyConverter, "party")

app_name = "supervision"
urlpatterns = [
    path("", views.workbench_page, name="workbench"),
    path("demo/", demo.matters, name="demo"),
    path("chain/<int:pk>/", chain.chain, name="chain"),
    path("month/", month.own_month, name="month"),
    path("month/<int:pk>/", month.station_month, name="station_month"),
    path("ledgers/activities/", ledgers.activity_list, name="activity_ledger"),
    path("ledgers/opinions/", ledgers.opinions, name="opinion_ledger"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:name>/", reports.make_report, name="make_report"),
    path("cards/", cards.card_list, name="cards"),
    path("cards/fill/<int:suggestion>/", card_acts.fill, name="fill_card"),
    path("cards/<int:pk>/", cards.detail, name="card"),
    path("cards/<int:pk>/sheet/", cards.sheet, name="card_sheet"),
    path("cards/<int:pk>/card.docx", cards.card_document, name="card_document"),
    path("cards/<int:pk>/sheet/<int:version>/", cards.signed_sheet, name="signed_sheet"),
    path("cards/<int:pk>/<card_act:verb>/", card_acts.act, name="card_act"),
    path("pressing/", pressing.proposal_list, name="pressing"),
    path("pressing/<int:pk>/", pressing.detail, name="proposal"),
    path("pressing/<int:pk>/<proposal_act:verb>/", pressing.act, name="proposal_act"),
    path("calls/", calls.lists, name="calls"),
    path("calls/print/", calls.sheet, name="call_sheet"),
    path("calls/made/", calls.made, name="calls_made"),
    path("calls/<int:pk>/", calls.detail, name="call"),
    path("calls/<int:pk>/<call_act:verb>/", calls.act, name="call_act"),
    path("calls/<party:kind>/<int:pk>/", calls.record_call, name="record_call"),
    path("folders/<slug:kind>/<slug:key>/", folders.folder, name="folder"),
    path("folders/<slug:kind>/<slug:key>/folder.docx", folders.document, name="folder_document"),
    path("folders/<slug:kind>/<slug:key>/sheet/", folders.sheet, name="folder_sheet"),
    path("folders/<slug:kind>/<slug:key>/folder.pdf", folders.as_pdf, name="folder_pdf"),
    path("folders/<slug:kind>/<slug:key>/news/", folders.news, name="folder_news"),
    path("folders/<slug:kind>/<slug:key>/photos/", folders.photos, name="folder_photos"),
    path("performance/", performance.files, name="performance_files"),
    path("performance/mine/", performance.mine, name="own_performance"),
    path("performance/print/", performance.print_many, name="print_performance"),
    path("performance/<int:pk>/", performance.detail, name="performance"),
    path("performance/<int:pk>/year/", performance.my_year, name="performance_year"),
    path("performance/<int:pk>/print/", performance.print_one, name="performance_sheet"),
    path("performance/<int:pk>/file.xlsx", performance.workbook, name="performance_workbook"),
    path("performance/<int:pk>/enter/", performance.enter, name="enter_performance"),
    path("performance/entries/<int:pk>/void/", performance.void, name="void_performance"),
    path("allowance/<int:pk>/", allowance.page, name="allowance"),
    path("allowance/<int:pk>/sheet/", allowance.sheet, name="allowance_sheet"),
    path("allowance/<int:pk>/allowance.xlsx", allowance.workbook, name="allowance_workbook"),
    path("wall/<int:pk>/", wall.overview, name="wall_sheets"),
    path("wall/<int:pk>/<slug:name>/", wall.sheet, name="wall_sheet"),
    path("wall/<int:pk>/<slug:name>.pdf", wall.as_pdf, name="wall_pdf"),
    path("wall/<int:pk>/photos/<int:mandate>/", wall.photo, name="wall_photo"),
    path("rules/", rules.overview, name="rules"),
    path("rules/new/", rules.new_set, name="new_rules"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/load/", calendar.load, name="load_calendar"),
    path("document-templates/", document_templates.overview, name="document_templates"),
    path("document-templates/<slug:name>/", document_templates.detail, name="document_template"),
    path("document-templates/<slug:name>/shipped.docx", document_templates.shipped, name="shipped_template"),
    path("document-templates/<slug:name>/back/", document_templates.drop, name="drop_template"),
    path("document-templates/<slug:name>/<int:pk>/", document_templates.own, name="own_template"),
]
