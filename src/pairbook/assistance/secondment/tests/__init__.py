"""What postings promise: counting cases, terms, checks, dues."""
