"""Tests of funds: counting cases, and what the checks find."""
