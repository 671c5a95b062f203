"""Tests of the project library."""
