"""The demo county 望川县: its own lists imported as they are, and a running round of deliberation that never ages.

Three layers (D37): roster and ledger come from the workbooks beside this file; accounts with one password; the whole
walk (``walk.play``) made by the verbs themselves, each act at its moment before today (``moments``). What is said
(``*words``, ``sayings``, ``spoken``) stands apart from how it is played.
"""
