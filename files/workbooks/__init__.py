"""The one reader and the one writer of workbooks.

``reading`` opens a file safely, ``tables`` finds a table in it and reads its cells as offices write them,
``writing`` makes a workbook that can be printed as it is, ``totals`` what stands below its tables.
"""

from files.workbooks.reading import RawSheet, Workbook, open_workbook
from files.workbooks.tables import CellError, Heading, Refusal, Row, Table, find_table
from files.workbooks.totals import Rate
from files.workbooks.writing import Column, Marked, Sheet, write

__all__ = [
    "CellError",
    "Column",
    "Heading",
    "Marked",
    "Rate",
    "RawSheet",
    "Refusal",
    "Row",
    "Sheet",
    "Table",
    "Workbook",
    "find_table",
    "open_workbook",
    "write",
]
