"""Addresses of suggestions."""

from django.urls import path, register_converter

from suggestions.views import acts, pages
from suggestions.views.catalogue import ACTS


class ActConverter:
    """The name of an act that has a page."""

    regex = "[a-z_]+"

    def to_python(self, value: str) -> str:
        """Only known acts have an address."""
        if value not in ACTS:
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        """As it is."""
        return str(value)


register_converter(ActConverter, "act")

app_name = "suggestions"
urlpatterns = [
    path("", pages.suggestion_list, name="list"),
    path("jump/", pages.jump, name="jump"),
    path("new/", pages.submit, name="submit"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/withdrawal/", pages.withdrawal, name="withdrawal"),
    path("<int:pk>/replies/<int:reply>/letter/", pages.letter, name="letter"),
    path("<int:pk>/evaluations/<int:evaluation>/form/", pages.signed_form, name="signed_form"),
    path("<int:pk>/<act:verb>/", acts.act, name="act"),
    path("<int:pk>/assignments/<int:part>/<act:verb>/", acts.act, name="part_act"),
]
