"""Visits, joint conferences and meetings on the cooperation, both ways: trips are counted apart from people."""
