"""What crosses rooms: the cast (`world.py`), copied books (`books.py`), and the tests no single room could hold."""
