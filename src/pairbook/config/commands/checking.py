"""`check`: every figure of a text, held against the book."""

from argparse import Namespace
from typing import Any

from pairbook.analysis.claims.shapes import figure_json
from pairbook.analysis.documents.shapes import PAGES, ending_of
from pairbook.analysis.documents.web_page import words_of_page
from pairbook.bulletins.reads import Against, check_text
from pairbook.bulletins.shapes import VERDICTS, Checked, CheckedClaim, Finding
from pairbook.config.commands.answers import json_number, tell_json
from pairbook.config.commands.claims import read_day, read_text
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.texts import Lang, Text
from pairbook.pairings.reads import pairing_of_code, programmes

_DONE, _SAID_NO = 0, 1
SIGNS = {"holds": "✓", "differs": "≠", "not_in_book": "?", "cannot_tell": "~"}


def check(arguments: Namespace) -> int:
    """The claims of a text with their verdicts (CONTRACT section 6); status 1 where one differs."""
    pairing = _pairing(arguments.pairing)
    text, published = _read(arguments.file), read_day(arguments.published, "--published")
    checked = check_text(
        text,
        pairing_code=pairing,
        as_of=read_day(arguments.as_of, "--as-of"),
        published=published,
        lang=arguments.lang if arguments.lang_given else None,
        against=_against(arguments),
    )
    if arguments.json:
        tell_json(checked_json(checked))
    else:
        print(_told(checked, arguments.lang))
    return _SAID_NO if checked.count("differs") else _DONE


def _against(arguments: Namespace) -> Against | None:
    """The earlier text named, with its day."""
    day = read_day(arguments.against_published, "--against-published")
    return Against(_read(arguments.against), day) if arguments.against else None


def _read(file: str) -> str:
    """The words of a file; of a web page those a reader sees, for its tags tell no figures."""
    text = read_text(file)
    return words_of_page(text) if ending_of(file) in PAGES else text


def _pairing(code: str | None) -> str:
    """The pairing named; where none is, the only one there is."""
    known = [row.code for row in programmes()]
    if code is None and len(known) == 1:
        return known[0]
    if code is None or pairing_of_code(code) is None:
        shown = ", ".join(known[:8]) or "—"
        cure = Text(
            f"请用 --pairing 指明结对；可用：{shown}。",
            f"Name a pairing with --pairing; known here: {shown}.",
        )
        raise Rejected([Problem("usage.unknown", Text("结对", "Pairing"), cure, value=code or "")])
    return code


def checked_json(checked: Checked) -> dict[str, Any]:
    """A checked text in the shape of CONTRACT section 6."""
    told = {
        "lang": checked.lang,
        "as_of": checked.as_of.isoformat(),
        "claims": [_claim_json(one) for one in checked.claims],
        "findings": [_finding_json(finding) for finding in checked.findings],
    }
    earlier = checked.earlier
    if earlier is None:
        return told
    claims = [figure_json(claim) for claim in earlier.claims]
    return told | {
        "earlier": {"lang": earlier.lang, "as_of": earlier.as_of.isoformat(), "claims": claims},
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    """A finding; only one about an earlier text names claims of it."""
    told = {
        "type": finding.type,
        "claims": list(finding.claims),
        "holds": finding.holds,
        "reason_zh": finding.reason.zh,
        "reason_en": finding.reason.en,
    }
    return told | {"earlier": list(finding.earlier)} if finding.earlier else told


def _claim_json(one: CheckedClaim) -> dict[str, Any]:
    nearest = one.nearest
    return {
        **figure_json(one.claim),
        "verdict": one.verdict,
        "reason_zh": one.reason.zh,
        "reason_en": one.reason.en,
        "address": None if one.address is None else one.address.text,
        "book_value": None if one.book_value is None else json_number(one.book_value),
        "differs_in": one.differs_in,
        "nearest": None
        if nearest is None
        else {"address": nearest.address.text, "value": json_number(nearest.value)},
    }


def _told(checked: Checked, lang: Lang) -> str:
    """A line for each claim with its reason below it, the findings, and a sentence that sums up."""
    if not checked.claims:
        return Text("没有找到数据。", "No figures were found.").in_(lang)
    lines = [checked.notice.in_(lang), ""] if checked.notice is not None else []
    for one in checked.claims:
        quoted = " ".join(one.claim.text.split())
        lines.append(f"{SIGNS[one.verdict]} {quoted}  {VERDICTS[one.verdict].in_(lang)}")
        lines.append(f"    {one.reason.in_(lang)}")
        if one.address is not None:
            lines.append(f"    {one.address.text}")
    against = [finding for finding in checked.findings if not finding.holds]
    if against:
        lines += ["", *(f"! {finding.reason.in_(lang)}" for finding in against)]
    return "\n".join([*lines, "", checked.summary.in_(lang)])
