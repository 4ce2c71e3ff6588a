"""What the lists of codes are called in the description of the API; names for the settings, which import no app."""

ENUMS: dict[str, str] = {}
