"""`python -m pairbook`, the same as the `pairbook` command."""

import sys

from pairbook.config.cli import main

sys.exit(main())
