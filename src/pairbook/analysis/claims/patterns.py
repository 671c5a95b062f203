"""Small tools for writing long patterns so that they can be read."""


def any_of(*choices: str) -> str:
    """One of the choices, each a pattern; words in one string are parted by blanks, `_` stands for a blank."""
    words = [word.replace("_", " ") for choice in choices for word in choice.split()]
    return f"(?:{'|'.join(words)})"


def named(name: str, *choices: str, first: str = "") -> str:
    """One of the choices, each a whole pattern, as a group of that name.

    `first` names the letters it may begin with: one look then spares the trying of all choices.
    """
    guard = f"(?=[{first}])" if first else ""
    return f"{guard}(?P<{name}>{'|'.join(choices)})"


def words_of(*lists: str) -> frozenset[str]:
    """The words of lists parted by blanks."""
    return frozenset(word for listed in lists for word in listed.split())
