"""Figures: what an indicator counts, the address that makes a number mean something, computing and opening it.

Where the numbers come from is `register`; which indicators there are is said by each kind.
"""
