"""Tests of settings, addresses, the command line and the sample."""
