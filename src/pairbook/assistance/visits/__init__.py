"""Visits of leaders and working visits, in both directions: trips are counted, not people."""
