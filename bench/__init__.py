"""Benchmarks: a generated book, what is measured on it, and the peers it is measured against. Never a timed test."""
