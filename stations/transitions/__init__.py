"""The verbs of stations and mandates."""
