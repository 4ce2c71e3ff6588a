"""Who is meant by a step that presses: the heads of an organ, the county leaders; as officers, and as accounts."""

from typing import Any

from accounts.models import Officer, Organ, Post, Role
from stations.recipients import current_posts
from supervision.models import Proposal
from workflow import clock


def of_step(proposal: Proposal, to: str) -> list[Post]:
    """Whoever is told in the portal when the step is released: the organ's heads, or the leaders that ``to`` names."""
    if proposal.kind == Proposal.Kind.PRESS_HEAD:
        return list(heads(proposal.organ))
    return [post for post in leaders() if post.user.person.name in to]


def heads(organ: Organ) -> Any:
    """The posts of an organ's heads today, of the one it went over into as well."""
    organs = [organ.pk, organ.successor_id] if organ.successor_id else [organ.pk]
    return _with_names(current_posts().filter(role=Role.ORGAN_HEAD, organ__in=organs))


def leaders() -> Any:
    """The posts of the county's leaders today."""
    return _with_names(current_posts().filter(role=Role.COUNTY_LEADER))


def addressee(proposal: Proposal) -> str:
    """To whom it probably goes: the organ and its head by name; the leader, where there is only one."""
    if proposal.kind == Proposal.Kind.PRESS_HEAD:
        return f"{proposal.organ} {head_of(proposal.organ)}".strip()
    names = {post.user.person.name for post in leaders()[:2]}
    return names.pop() if len(names) == 1 else ""


def head_of(organ: Organ) -> str:
    """The name of an organ's head: the officer, else whoever has the account."""
    officers = Officer.objects.current(clock.today()).filter(organ=organ, duty=Officer.Duty.HEAD)
    officer = officers.select_related("person").first()
    if officer is not None:
        return officer.person.name
    post = heads(organ).first()
    return post.user.person.name if post else ""


def _with_names(posts: Any) -> Any:
    return posts.select_related("user__person").order_by("pk")
