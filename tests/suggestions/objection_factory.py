"""Objections of organs, and suggestions that are handled together."""

from accounts.models import Organ
from suggestions.models import Assignment, Objection, Suggestion
from suggestions.transitions import deciding, merging, objecting
from tests.factory import make_organ
from tests.suggestions.factory import County, fresh, part_of, registered, transitions, version_of
from workflow import clock


def education() -> Organ:
    """Whose duty the objecting organ says it is, made once."""
    return Organ.objects.filter(name="县教育局").first() or make_organ("县教育局")


def live(case: Suggestion, organ: Organ) -> Assignment:
    """What the organ has of the case now."""
    return case.assignments.exclude(status="ENDED").get(organ=organ)


def line_up(case: Suggestion) -> dict[str, tuple[str, str]]:
    """Part and state of every organ that has it now, by name."""
    rows = case.assignments.exclude(status="ENDED").select_related("organ")
    return {row.organ.name: (row.part, row.status) for row in rows}


def objected(county: County, case: Suggestion, **options) -> Objection:
    """The host says that it is not its duty."""
    words = {"reason": "NOT_OURS", "basis": "学生接送由教育部门负责。", "proposed": education(), "actor": county.host}
    words |= {"version": version_of(case)}
    part = options.pop("part", None) or part_of(case, options.get("actor", county.host))
    return objecting.raise_objection(part, **(words | options))


def agreed(county: County, objection: Objection, **options) -> Objection:
    """The government office agrees."""
    words = {"actor": county.office, "version": version_of(objection)}
    return objecting.agree_objection(objection, **(words | options))


def granted(county: County, objection: Objection, **options) -> Objection:
    """Staff let another organ host."""
    words = {"actor": county.staff, "host": education(), "decision": "由县教育局办理。"}
    return deciding.grant_objection(objection, version=version_of(objection), **(words | options))


def refused(county: County, objection: Objection, **options) -> Objection:
    """Staff leave it where it is."""
    words = {"actor": county.staff, "decision": "属你局职责。"}
    return deciding.refuse_objection(objection, version=version_of(objection), **(words | options))


def reopened(county: County, part: Assignment, **options) -> Assignment:
    """Staff let a late one in."""
    words = {"actor": county.staff, "until": clock.today(), "reason": "材料来迟。"}
    return objecting.reopen_objection(part, version=version_of(part), **(words | options))


def direct(county: County) -> Suggestion:
    """Handed over straight to the host, past the government office, and to a co-host."""
    case = registered(county)
    words = {"to": county.bureau, "co_hosts": [county.helper], "on": clock.today()}
    transitions.hand_over(case, actor=county.staff, version=version_of(case), **words)
    return fresh(case)


def merged(county: County, number: int = 3, **options) -> list[Suggestion]:
    """Registered suggestions that are handled together; the first leads."""
    cases = [registered(county, title=f"关于修第{n}组路的建议") for n in range(1, number + 1)]
    words = {"actor": county.staff, "members": cases[1:], "reason": "同一个村的路"}
    merging.merge(cases[0], version=version_of(cases[0]), **(words | options))
    return [fresh(case) for case in cases]
