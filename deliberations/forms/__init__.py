"""What each act of deliberation asks for."""
