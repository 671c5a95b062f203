"""The kinds of assistance, one folder each. A kind declares what it offers in `kind.py`; no kind knows another."""
