"""What each act asks for, in the order of its paper. Forms validate; verbs move states."""
