"""Workbooks of stations that are small enough to be written at once."""
