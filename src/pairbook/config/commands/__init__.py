"""The verbs of the `pairbook` command, by what they are about; `config.cli` parses and calls them."""
