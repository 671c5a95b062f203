"""The pages of the workspace, one file per desk: each view parses, calls one action or asks the reads, and renders."""
