"""The page kit: layout, parts of pages, numbers and dates as people read them, charts, safe headers.

No word of the book's subject belongs here, and nothing of the other rooms is imported: what a page shows
comes in as plain values or as objects asked by name (`.in_(lang)`, `.amount`, `.place`, `.cure`).
"""
