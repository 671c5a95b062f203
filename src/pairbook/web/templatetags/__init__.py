"""Template tags of the page kit; the library is called `pairbook`."""
