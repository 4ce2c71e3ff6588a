"""Addresses for whoever watches the portal."""

from django.urls import path

from workflow import views

app_name = "workflow"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
