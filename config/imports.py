"""What can be imported from a page, in the order in which a county needs it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actor import Actor
from deliberations.importers import register
from deliberations.transitions.visit_taking_back import take_back_register
from files.importing import ImportKind, Outcome
from files.workbooks import Workbook
from stations.importers import roster
from stations.transitions.taking_back import take_back_roster
from suggestions.importers import ledger
from suggestions.transitions.taking_back import take_back_ledger


def _roster(book: Workbook, *, actor: Actor, **_known: Any) -> Outcome:
    return roster.read(book, actor=actor)


def _ledger(book: Workbook, *, actor: Actor, sha256: str, session: str) -> Outcome:
    return ledger.read(book, sha256=sha256, actor=actor, given=session)


def _register(book: Workbook, *, actor: Actor, sha256: str, **_known: Any) -> Outcome:
    return register.read(book, sha256=sha256, actor=actor)


IMPORTS = {
    "roster": ImportKind(_("roster of stations, deputies and organs"), _roster, take_back_roster),
    "suggestions": ImportKind(_("ledger of a session's suggestions"), _ledger, take_back_ledger, asks_session=True),
    "visits": ImportKind(_("register of visits to voters"), _register, take_back_register),
}
