"""The short addresses that a phone opens from a binding card."""

from django.urls import path

from stations.views import binding

app_name = "binding"
urlpatterns = [
    path("wait/", binding.wait, name="wait"),
    path("<str:code>/", binding.card, name="card"),
]
