"""What training promises: counting cases, patterns of padding, checks, dues."""
