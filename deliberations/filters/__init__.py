"""By what the lists of deliberation may be narrowed."""
