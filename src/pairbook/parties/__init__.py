"""Who takes part: places (with codes and years of validity), organisations, and the posts people hold in them.

What two parties have to do with each other belongs to `pairings`.
"""
