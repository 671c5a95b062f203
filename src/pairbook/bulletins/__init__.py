"""Texts held against the book: every figure of an article or a bulletin, with a verdict and the address it rests on.

What a text claims is found by `analysis.claims`; what the book holds is asked of `indicators`. No text
is stored here, only the sentences whose reading a clerk corrected and asked to keep.
"""
