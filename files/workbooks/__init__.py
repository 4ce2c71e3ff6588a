"""The one reader and the one writer of workbooks.

``reading`` opens a file safely, ``tables`` finds a table in it and reads its cells as offices write them,
``writing`` makes a workbook that can be printed as it is.
"""

from files.workbooks.reading import RawSheet, Workbook, open_workbook
from files.workbooks.tables import CellError, Heading, Refusal, Row, Table, find_table
from files.workbooks.writing import Column, Sheet, write

__all__ = [
    "CellError",
    "Column",
    "Heading",
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
