"""Dated relations between two parties at any level, and their children: who helps whom, since when, under what.

What went from one to the other belongs to `register`.
"""
