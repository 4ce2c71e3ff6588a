"""Deliberation for programs: what is prepared, said and promised."""
