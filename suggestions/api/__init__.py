"""Suggestions for programs: from the draft to the verdict."""
