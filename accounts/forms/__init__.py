"""What sign-in, the accounts desk and the list of organs ask for. Forms validate; verbs change."""
