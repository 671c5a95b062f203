"""The page's language, and the same page in the other one.

Addresses always begin with the language (`/zh-hans/…`, `/en/…`), so a link in another language is the same
address with another first part, and works without cookies or scripts.
"""

import re

from django.utils.translation import get_language

from pairbook.web.numbers import Lang

# How each language is called in an address, in its own words, and for screen readers (BCP 47).
LANGUAGE_CODES: dict[Lang, str] = {"zh": "zh-hans", "en": "en"}
LANGUAGE_NAMES: dict[Lang, str] = {"zh": "中文", "en": "English"}
LANGUAGE_TAGS: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}


def lang_of(code: str | None) -> Lang:
    """The language a code such as zh-hans, zh or en-gb stands for; English where it stands for neither."""
    return "zh" if (code or "").lower().startswith("zh") else "en"


def current_lang() -> Lang:
    """The language of the page being made."""
    return lang_of(get_language())


def other_lang(lang: Lang) -> Lang:
    """The language that `lang` is not."""
    return "en" if lang == "zh" else "zh"


def other_language_url(full_path: str) -> str:
    """The same page in the other language, question mark and all.

    A path without a language (a missing page, an error) leads to the other language's front page.
    """
    for lang, code in LANGUAGE_CODES.items():
        prefix = f"/{code}/"
        if full_path.startswith(prefix):
            return f"/{LANGUAGE_CODES[other_lang(lang)]}/{full_path.removeprefix(prefix)}"
    return f"/{LANGUAGE_CODES[other_lang(current_lang())]}/"


_CHINESE = re.compile("[\u3400-\u9fff]")
_BETWEEN = re.compile(r"\s*/\s+")


def typed_in_both(words: str) -> tuple[str, str]:
    """What somebody typed, in Chinese and in English: 中文 / English where both stand there, else the same twice."""
    for gap in _BETWEEN.finditer(words):
        chinese, english = words[: gap.start()], words[gap.end() :]
        if _CHINESE.search(chinese) and english and not _CHINESE.search(english):
            return chinese, english
    return words, words


def typed_in_lang(words: str) -> str:
    """What somebody typed, as 中文 / English perhaps: the half in the page's language, or all of it."""
    chinese, english = typed_in_both(words)
    return chinese if current_lang() == "zh" else english
