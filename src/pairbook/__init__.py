"""Pairbook: the book of a paired-assistance programme. Every number has an address, evidence and two signatures."""
