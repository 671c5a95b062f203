"""Finds every figure in a Chinese or English text and says what it claims, by a grammar and lists of terms alone.

What a figure is and how it is told apart follows one convention (CONTRIBUTING.md names it and the tests' corpus keeps
to it): the span of number, magnitude and unit; the value in base units; qualifier, measure, period, modality, sides.
The order of work is that of `finding.py`: text made plain, numbers and times found in one pass, each number
judged a claim or not, then measured, dated and related. Holding a claim against a book does not belong here.
"""
