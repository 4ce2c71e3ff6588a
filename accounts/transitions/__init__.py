"""The verbs of persons, accounts and organs."""
