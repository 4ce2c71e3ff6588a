"""Pages of sign-in, accounts and organs."""
