"""The county's roster: stations, deputies of five levels and organs, in one workbook of three sheets."""

from typing import Any

from accounts.actor import Actor
from files.importing import Outcome
from files.workbooks import Workbook, find_table
from stations.importers import deputy_rows, organ_rows, station_rows
from stations.transitions.taking_back import compared, snapshot


def read(book: Workbook, *, actor: Actor) -> Outcome:
    """Enter what is good and tell what is not, sheet by sheet and row by row.

    Stations go by code, deputies by certificate, organs by name: what is known is brought up to date. Raises
    Refused, before anything is entered, when a sheet or a needed column is missing.
    """
    stations, deputies, organs = (
        find_table(book, sheet.TITLE, sheet.HEADINGS) for sheet in (station_rows, deputy_rows, organ_rows)
    )
    before = snapshot()
    station_count, station_refusals = station_rows.read(stations, actor=actor)
    deputy_count, county_count, deputy_refusals = deputy_rows.read(deputies, actor=actor)
    organ_count, organ_refusals = organ_rows.read(organs, actor=actor)
    counts: dict[str, Any] = {
        "stations": station_count,
        "deputies": deputy_count,
        "county_deputies": county_count,
        "organs": organ_count,
    }
    by_sheet = (station_refusals, deputy_refusals, organ_refusals)
    refused = [refusal for rows in by_sheet for refusal in sorted(rows, key=lambda row: row.row)]
    return Outcome(counts, refused, journal=compared(before, snapshot()))
