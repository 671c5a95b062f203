"""Tests of goods: counting cases, unit prices, and what the checks find."""
