"""Addresses of what looks across."""

from django.urls import path

from supervision import views
from supervision.views import calendar, rules

app_name = "supervision"
urlpatterns = [
    path("", views.workbench_page, name="workbench"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:name>/", views.make_report, name="make_report"),
    path("rules/", rules.overview, name="rules"),
    path("rules/new/", rules.new_set, name="new_rules"),
    path("calendar/", calendar.year, name="calendar"),
    path("calendar/load/", calendar.load, name="load_calendar"),
]
