"""Firms that came, parks built together and job workshops: agreed and paid-in investment, workers, households linked.

Investment is the firms' own money and no money of the programme: it moves no balance, and `funds` knows nothing of it.
"""
