"""Words as the documents of a suggestion write them."""

from django.conf import settings

from files.documents.words import commission, day, numeral

__all__ = ["commission", "day", "numeral", "official"]


def official(name: str) -> str:
    """An organ as its letters name it: what the list calls 县…, the letter head calls by the county's name."""
    county = str(settings.COUNTY_NAME)
    return f"{county}{name[1:]}" if name.startswith("县") and county.endswith("县") else name
