"""The book itself: entries, their stages and links, both sides' answers, corrections, papers, balances and totals.

An entry is one recorded fact and is never changed. What a figure means belongs to `indicators`; what one kind of
assistance records belongs to its folder under `assistance`.
"""
