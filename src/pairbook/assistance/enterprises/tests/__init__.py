"""Tests of the kind."""
