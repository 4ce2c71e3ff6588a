"""Reading the county's own workbooks of suggestions."""
