"""A browser without JavaScript: pages are read, and their own forms sent back."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

_INPUT = re.compile(r'<input[^>]*type="hidden"[^>]*>')


def signed_in(actor):
    """A browser in which the actor has signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def hidden(response):
    """The hidden inputs of the page's own form."""
    page = response.content.decode()
    main = page[page.index('id="main"') :] if 'id="main"' in page else page
    pairs = ((re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)) for tag in _INPUT.findall(main))
    return {name[1]: value[1] for name, value in pairs if name and value}


def act_url(case, verb, part=None):
    """The address of an act's page."""
    if part is None:
        return reverse("suggestions:act", args=[case.pk, verb])
    return reverse("suggestions:part_act", args=[case.pk, part.pk, verb])


def send(actor, url, **typed):
    """Open the page and send its form with what was typed; returns the answer to the form."""
    client = signed_in(actor)
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    return client.post(url, hidden(page) | typed)


def act(actor, case, verb, part=None, **typed):
    """One act by its page, which must lead back to the case."""
    answer = send(actor, act_url(case, verb, part), **typed)
    form = answer.context and answer.context.get("form")
    assert answer.status_code == 302, (verb, answer.status_code, form and form.errors)
    return answer


def pdf(name="答复函.pdf"):
    """A small file that is what its name says."""
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n", content_type="application/pdf"
    )
