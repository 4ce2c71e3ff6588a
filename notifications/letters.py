"""The letter that carries a notification by e-mail: one sentence and a link, nothing else of the matter."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from notifications import texts
from notifications.models import Dispatch

#: As much of a long sentence stands in the subject; the letter itself has all of it.
SUBJECT = 100


def letter(dispatch: Dispatch, connection: Any) -> EmailMessage:
    """The letter in the recipient's language; a repeat is the same letter with the same Message-ID."""
    notification = dispatch.notification
    recipient = notification.recipient
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        sentence = texts.sentence(notification)
        link = settings.SITE_URL + reverse("notifications:open", args=[notification.pk])
        context = {"name": recipient.person.name, "sentence": sentence, "link": link, "help_line": settings.HELP_LINE}
        body = render_to_string("notifications/letter.txt", context)
    headers = {"Message-ID": message_id(dispatch), "Auto-Submitted": "auto-generated"}
    return EmailMessage(
        Truncator(sentence).chars(SUBJECT), body, to=[recipient.email], headers=headers, connection=connection
    )


def message_id(dispatch: Dispatch) -> str:
    """The same for every attempt, and no other letter's, in this installation or one restored beside it."""
    notification = dispatch.notification
    told = f"{dispatch.pk} {notification.fact} {notification.recipient_id} {notification.created_at.isoformat()}"
    return f"<{sha256(told.encode()).hexdigest()[:32]}@{urlsplit(settings.SITE_URL).hostname}>"
