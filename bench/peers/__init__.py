"""Programs of others that the benchmarks compare with; each runs in the peers' own environment."""
