"""Workbooks of deliberation that are small enough to be written at once."""
