"""Tests of industry programmes."""
