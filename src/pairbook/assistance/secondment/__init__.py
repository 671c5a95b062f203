"""People posted to the other side for a term, both ways: cadres and professionals, by field; persons, not posts."""
