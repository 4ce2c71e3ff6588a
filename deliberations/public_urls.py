"""Addresses that need no sign-in; short, since they stand behind printed codes."""

from django.urls import path

from deliberations.views import public_messages, public_notice, public_pages, training_acts

app_name = "public"
urlpatterns = [
    path("s/", public_pages.stations, name="stations"),
    path("s/<slug:code>/", public_pages.station, name="station"),
    path("d/<slug:code>/", public_pages.deputy, name="deputy"),
    path("d/<slug:code>/photo/", public_pages.photo, name="photo"),
    path("t/<slug:token>/", training_acts.sign_in, name="training_sign_in"),
    path("topics/", public_pages.topics, name="topics"),
    path("n/<slug:token>/", public_notice.notice, name="notice"),
    path("n/<slug:token>/guidance/", public_notice.guidance, name="notice_guidance"),
    path("m/track/", public_messages.track, name="track"),
    path("m/proper-way/", public_messages.proper_way, name="proper_way"),
    path("m/<slug:code>/", public_messages.begin, name="message"),
    path("m/<slug:code>/write/", public_messages.write, name="write"),
]
