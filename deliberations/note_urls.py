"""Addresses of what a deputy's phone keeps and sends; the worker stands at the root, which is how far it reaches."""

from django.urls import path

from deliberations.views import note_sending, note_worker

app_name = "notes"
urlpatterns = [
    path("sw.js", note_worker.worker, name="worker"),
    path("notes/offline/", note_worker.shell, name="shell"),
    path("notes/standing/", note_sending.standing, name="standing"),
    path("notes/send/", note_sending.send, name="send"),
    path("notes/<uuid:note>/files/", note_sending.send_file, name="send_file"),
]
