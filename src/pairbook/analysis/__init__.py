"""Calculations over plain values: no Django, no database, no network. Today that is the finder of figures in texts.

What knows places, pairings or entries does not belong here: it asks from a room above.
"""
