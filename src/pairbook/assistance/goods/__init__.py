"""Gifts in kind: pledged, sent, received, distributed, counted by item; an agreed value stands apart from cash."""
