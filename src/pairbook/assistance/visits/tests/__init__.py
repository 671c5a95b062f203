"""Tests of visits: counting cases, and what their checks find."""
