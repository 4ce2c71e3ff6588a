"""Addresses of the portal."""

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("accounts.urls")),
    path("inbox/", include("notifications.urls")),
    path("files/", include("files.urls")),
    path("stations/", include("stations.urls")),
    path("b/", include("stations.card_urls")),
    path("deliberations/", include("deliberations.urls")),
    path("suggestions/", include("suggestions.urls")),
    path("api/", include(("config.api", "api"))),
    path("", include("deliberations.public_urls")),
    path("", include("deliberations.note_urls")),
    path("", include("supervision.urls")),
    path("", include("workflow.urls")),
]

handler400 = "workflow.pages.bad_request"
handler403 = "workflow.pages.forbidden"
handler404 = "workflow.pages.not_found"
handler500 = "workflow.pages.server_error"
