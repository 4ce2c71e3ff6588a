"""A voter at the public page of a station or deputy: the form as it is opened, filled in and sent."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from deliberations.models import Visit
from stations.models import DeputyPage
from workflow import clock

WORDS = "卫生室周末没人，老人看病要跑镇上。"
#: As long as a person needs at least.
WHILE = timedelta(seconds=40)


def page_of(mandate, **options):
    """The public page of a deputy."""
    return DeputyPage.objects.create(mandate=mandate, **options)


def path(name, *args):
    """An address without sign-in."""
    return reverse(f"public:{name}", args=args)


def opened(code, client=None):
    """The hidden fields of the form, as the page of this code has them."""
    form = (client or Client()).get(path("write", code)).context["form"]
    return {name: str(form[name].value() or "") for name in ("client_id", "stamp")}


def filled(code, **options):
    """What a voter types into the form of this code."""
    typed = {"words": WORDS, "village": "南门村", "answer": "LOOK_UP", "name": "", "phone": "", "consents": "on"}
    return {**opened(code), "homepage": "", **typed, **options}


def sent(code, *, after=WHILE, client=None, **options):
    """The answer to a form that was filled in for a while."""
    typed = filled(code, **options)
    with clock.at(clock.now() + after):
        return (client or Client()).post(path("write", code), typed)


def message(code, **options):
    """The visit that a message became, and the code that the voter was shown."""
    answer = sent(code, **options)
    assert answer.status_code == 200, answer.context["form"].errors
    return Visit.objects.select_related("station").latest("pk"), answer.context["code"]
