"""Public pages: the programme told in figures, each openable; entries without persons; the pairing and its children."""
