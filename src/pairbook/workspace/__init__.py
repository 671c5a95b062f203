"""The signed-in home: what waits for me, a register page per kind, the acts on an entry, the lists behind them."""
