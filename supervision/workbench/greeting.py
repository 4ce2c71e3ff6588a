"""How the page greets the chairpersons: by surname and office, and by the hour (screen 1)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.models import Role
from workflow import clock

#: Surnames of two characters that are met in the county's rolls.
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "皇甫",
    "尉迟",
    "夏侯",
    "慕容",
    "令狐",
    "东方",
    "司徒",
    "公孙",
    "长孙",
    "宇文",
)


def greeting(actor: Actor) -> str:
    """A sentence such as 李副主任，早上好; nothing for whoever is no chairperson."""
    if actor.user is None or actor.role not in (Role.CHAIRPERSON, Role.DEPUTY_CHAIRPERSON):
        return ""
    name = surname(actor.user.person.name)
    if actor.role == Role.CHAIRPERSON:
        return _by_hour(_("Chairperson %(name)s") % {"name": name})
    return _by_hour(_("Deputy chairperson %(name)s") % {"name": name})


def surname(name: str) -> str:
    """The first character of a Chinese name, two of a double surname; another name as a whole."""
    if not "\u4e00" <= name[:1] <= "\u9fff":
        return name
    return name[:2] if name.startswith(_DOUBLE) and len(name) > 2 else name[:1]


def _by_hour(who: str) -> str:
    hour = timezone.localtime(clock.now()).hour
    if hour < 11:
        return _("Good morning, %(who)s") % {"who": who}
    if hour < 18:
        return _("Good day, %(who)s") % {"who": who}
    return _("Good evening, %(who)s") % {"who": who}
