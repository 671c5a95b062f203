"""The project library: what money and goods are assigned to, from proposal to hand-over, with notices, goals, assets.

It knows no entry: what a project received and spent is asked of the register by the pages above.
"""
