"""Fiscal and social money: planned, allocated, received, spent. Gifts in kind are not money: see `goods`."""
