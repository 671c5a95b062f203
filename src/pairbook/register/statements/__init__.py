"""Bank statements and treasury lists: kept, held against the entries of money, matched by persons.

The rules are in `register/reconciling.py`, the tables in `register/models.py`; `exchange/statements.py` reads files.
"""
