"""Tests of sales of produce."""
