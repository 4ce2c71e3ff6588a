"""The demo county 望川县: its own lists imported as they are, and a dozen running matters that never age.

Three layers, thin (D37): roster and ledger come from the workbooks beside this file; accounts with one password;
running cases made by the verbs themselves, each act at its moment before today.
"""
