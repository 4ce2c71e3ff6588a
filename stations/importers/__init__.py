"""Importers of the county's own workbooks."""
