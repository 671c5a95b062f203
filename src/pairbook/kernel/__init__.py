"""What every room needs: money, quantities, periods, problems, evidence, the audit trail, access, the list of kinds.

No place, pairing or entry is known here. Values (`money`, `quantities`, `periods`, `texts`, `problems`, `access`)
are plain Python; only `models`, `actions` and `reads` touch the database.
"""
