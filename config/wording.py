"""Django's own sentences that the catalogue says in the words of a county office.

Named here so that they are collected: what stands in this project's catalogue goes before Django's.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
)
