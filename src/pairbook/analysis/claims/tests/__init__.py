"""Tests of the finder of figures."""
