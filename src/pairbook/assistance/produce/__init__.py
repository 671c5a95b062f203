"""Consumption assistance: recognised products, sales contracted and paid, households that gain; no fund moves here."""
