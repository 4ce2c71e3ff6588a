"""What waits for whom today: for each role the numbers that matter, then the rows themselves."""

from supervision.workbench.deputy import liaison, own_suggestions, waiting
from supervision.workbench.greeting import greeting
from supervision.workbench.numbers import NUMBERS, PLACES, handles, heaps, tiles
from supervision.workbench.rows import organ_rows, urgent
from supervision.workbench.today import CHAIRS, today

__all__ = [
    "CHAIRS",
    "NUMBERS",
    "PLACES",
    "greeting",
    "handles",
    "heaps",
    "liaison",
    "organ_rows",
    "own_suggestions",
    "tiles",
    "today",
    "urgent",
    "waiting",
]
