"""Closing months: what stands in one, the signatures of both sides under it, what is closed (decision 13).

The rules are in `register/months.py`, the tables in `register/models.py`.
"""
