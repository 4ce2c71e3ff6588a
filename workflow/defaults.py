"""What must be there right after ``migrate``: the announced calendar years and the first rule set."""

from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from workflow import calendar_data

#: Before any date the county can enter.
FIRST_RULES = date(2000, 1, 1)


def install(apps: Any) -> None:
    """Put calendar and rule set there; what the county changed stays."""
    apps.get_model("workflow", "RuleSet").objects.get_or_create(valid_from=FIRST_RULES, defaults={"note": "默认"})
    years = apps.get_model("workflow", "CalendarYear")
    for number, source in calendar_data.SOURCES.items():
        year, created = years.objects.get_or_create(year=number, defaults={"source": source, "standing": "ANNOUNCED"})
        if created:
            apps.get_model("workflow", "CalendarDay").objects.bulk_create(_days(apps, year))


def install_all(apps: Any) -> None:
    """The defaults of every installed app that has some, in the order of the apps."""
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.defaults"):
            import_module(f"{config.name}.defaults").install(apps)


def _days(apps: Any, year: Any) -> list[Any]:
    model = apps.get_model("workflow", "CalendarDay")
    off = [(day, "HOLIDAY", name) for name, days in calendar_data.HOLIDAYS[year.year].items() for day in days.split()]
    worked = [(day, "WORKDAY", "") for day in calendar_data.WORKDAYS[year.year].split()]
    return [
        model(year=year, date=date.fromisoformat(f"{year.year}{day}"), kind=kind, name=name)
        for day, kind, name in [*off, *worked]
    ]
