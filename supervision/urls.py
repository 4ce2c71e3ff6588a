"""Addresses of what looks across."""

from django.urls import path

from supervision import views

app_name = "supervision"
urlpatterns = [
    path("", views.workbench_page, name="workbench"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:name>/", views.make_report, name="make_report"),
]
