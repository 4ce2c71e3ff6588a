"""The one writer of Word documents.

``writing`` fills a form's template; ``child`` does it in a process of its own, with ``packages`` (is it safe to
open), ``language`` (what a template may say) and ``filling`` (the words put in). Those four import nothing of the
portal, so that the child starts quickly and holds nothing worth stealing.
"""
