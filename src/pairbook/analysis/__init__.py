"""Calculations over plain values: no Django, no database, no network. Documents are read, figures of texts found.

What knows places, pairings or entries does not belong here: it asks from a room above.
"""
