"""What staff set for the whole county: its rules and its calendar."""
