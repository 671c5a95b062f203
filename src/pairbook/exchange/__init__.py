"""The book in and out of other formats: Excel round trip, backup. Knows no kind by name: it asks each for its sheet."""
