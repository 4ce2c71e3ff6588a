"""The council of chairpersons, its minutes, and suggestions that it has something to do with."""

from datetime import date

from accounts.actor import Actor
from accounts.models import Organ, Role
from deliberations.transitions.resolutions import Paper
from suggestions.models import Extension, Rating, Suggestion
from suggestions.transitions import extending, key
from tests.factory import make_actor, make_organ, make_person
from tests.suggestions.factory import County, evaluate, fresh, part_of, release, replied, version_of
from workflow import clock


def paper(number: str = "县人大主任会议纪要〔2026〕5号", on: date | None = None) -> Paper:
    """Minutes of today."""
    return Paper(number, on or clock.today())


def vice(name: str = "周副主任") -> Actor:
    """A deputy chairperson."""
    return make_actor(Role.DEPUTY_CHAIRPERSON, person=make_person(name))


def commission(name: str = "财政经济工作委员会") -> Organ:
    """A body of the congress, made once."""
    return Organ.objects.filter(name=name).first() or make_organ(name, Organ.Kind.CONGRESS_BODY)


def designate(county: County, case: Suggestion, leader: Actor | None = None, **options) -> Suggestion:
    """Key by resolution, recorded by staff."""
    words = {"actor": county.staff, "paper": paper(), "key_reason": "HOT"}
    words |= {"leader": (leader or vice()).user.person, "body": options.pop("body", None) or commission()}
    return key.designate_key(case, version=version_of(case), **(words | options))


def ask(county: County, case: Suggestion, until: date, **options) -> Extension:
    """The host asks for a later date."""
    words = {
        "actor": county.host, "reason": "涉及征地", "measures": "已完成勘测", "explained_on": clock.today(),
        "explained_how": "VISIT", "signed_by": "郑局长",
    }  # fmt: skip
    part = part_of(case, county.host)
    return extending.request_extension(part, version=version_of(case), new_due_on=until, **(words | options))


def agree(county: County, extension: Extension) -> Extension:
    """The government office agrees."""
    return extending.agree_extension(extension, actor=county.office, version=version_of(extension))


def grant(county: County, extension: Extension, **options) -> Extension:
    """Staff grant."""
    words = {"actor": county.staff, "version": version_of(extension)}
    return extending.grant_extension(extension, **(words | options))


def in_vain(county: County, case: Suggestion) -> Suggestion:
    """Answered in the present round, and the deputy is not satisfied."""
    reply = replied(county, case)
    evaluate(county, reply, Rating.DISSATISFIED)
    release(county, case)
    return fresh(case)
