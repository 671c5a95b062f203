"""Tests of exchanges: counting cases, and what their checks find."""
