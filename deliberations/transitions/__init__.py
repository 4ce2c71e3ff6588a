"""The acts of deliberation."""
