"""Who may do what in a round of deliberation and with a visit."""
