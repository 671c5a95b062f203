"""What an auditor would ask about postings: posts without people, people counted twice, terms that ended unnoticed.

Each check lists and refuses nothing. How a thing is found is in `rules`; here it gets its words.
"""

from collections.abc import Callable, Iterator, Sequence

from pairbook.assistance.secondment.reads import postings
from pairbook.assistance.secondment.rules import (
    Posting,
    doubly_posted,
    ended_terms,
    is_dated_by_its_selection,
    lacks_letter,
    relieved_but_there,
    short_stays,
    unlisted_returns,
)
from pairbook.kernel import clock
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.register.people import listed_in
from pairbook.workspace.rules import Check, Checks, Finding

_PAPERS = Text(
    "选派工作通行佐证：选派文件、到岗与返回日期、任职文件、考核鉴定",
    "Usual evidence of postings: posting letter, days of arrival and return, role decision, appraisal",
)
_PERSONS = Text(
    "2020年3月全国东西部扶贫协作进展通报：选派数与到岗数分列",
    "National progress report on East-West cooperation, March 2020: selected and in post told apart",
)
_PHANTOM = Text(
    "2022年6月21日审计工作报告：岗位空挂、冒名顶替",
    "Audit report of 21 June 2022: posts with nobody in them, and stand-ins",
)


def _each(find: Callable[[Posting], Iterator[Finding]]) -> Callable[[Sequence[int]], list[Finding]]:
    """A check that looks at each posting by itself."""

    def found(pairing_ids: Sequence[int]) -> list[Finding]:
        return [finding for posting in postings(pairing_ids) for finding in find(posting)]

    return found


def _no_letter(posting: Posting) -> Iterator[Finding]:
    if posting.selection is None:
        yield Finding(
            posting.entry_id,
            Text(
                f"{posting.persons}人到岗，没有承接任何选派记录。",
                f"{posting.persons} in post; it follows no selection.",
            ),
        )
    elif lacks_letter(posting):
        yield Finding(
            posting.entry_id,
            Text(
                f"{posting.persons}人到岗，所承接的选派记录没有选派文件。",
                f"{posting.persons} in post; the selection it follows has no posting letter.",
            ),
        )


def _dated_by_selection(posting: Posting) -> Iterator[Finding]:
    if is_dated_by_its_selection(posting):
        day = posting.started_on
        yield Finding(
            posting.entry_id,
            Text(
                f"到岗日期与选派日期同为 {day}，且没有到岗报到记录：请核对是否把选派之日当作到岗之日。",
                f"In post on the day of selection, {day}, without an arrival record: is it the day of arrival?",
            ),
        )


def _no_term(posting: Posting) -> Iterator[Finding]:
    if posting.last_on is None:
        said = Text("没有填期限或期满日期。", "Neither a term nor its last day is told.")
        yield Finding(posting.entry_id, said)


def _unnamed_team(posting: Posting) -> Iterator[Finding]:
    if posting.mode == "team" and not posting.team:
        said = Text(
            "组团式选派没有填队名，无法计队数。",
            "A group-style team without a name cannot be counted as one.",
        )
        yield Finding(posting.entry_id, said)


def _term_over(posting: Posting) -> Iterator[Finding]:
    for term in ended_terms(posting, clock.today()):
        yield Finding(
            posting.entry_id,
            Text(
                f"{term.persons}人期限已于 {term.last_on} 届满，没有返回或延期记录，仍计在岗。",
                f"The term of {term.persons} ended on {term.last_on}; neither returned nor extended, they still count.",
            ),
        )


def _too_short(posting: Posting) -> Iterator[Finding]:
    code = "cadre" if posting.category == "cadre" else "professional"
    least = threshold(f"secondment.{code}_months_min", posting.started_on)
    for entry_id, months in short_stays(posting, least):
        yield Finding(
            entry_id,
            Text(
                f"满 {months} 个月，不到计入统计的 {least} 个月。",
                f"{months} whole months, fewer than the {least} that count.",
            ),
        )


def _no_appraisal(posting: Posting) -> Iterator[Finding]:
    for step in posting.returns:
        if "appraisal" not in step.papers:
            said = Text(
                f"{step.persons}人返回，没有期满考核鉴定。", f"{step.persons} returned without an appraisal."
            )
            yield Finding(step.entry_id, said)


def _unlike(posting: Posting) -> Iterator[Finding]:
    for step in posting.steps:
        if step.sort != posting.sort:
            yield Finding(
                step.entry_id,
                Text(
                    f"方向、类别或领域与所承接的到岗记录 {posting.entry_id} 不一致，在岗人数会算错。",
                    f"Direction, category or field differ from arrival {posting.entry_id}: the number in post is off.",
                ),
            )


def _extended_backwards(posting: Posting) -> Iterator[Finding]:
    for step in posting.steps:
        if (
            step.extended_to is not None
            and posting.last_on is not None
            and step.extended_to <= posting.last_on
        ):
            said = Text(
                f"延至 {step.extended_to}，不晚于原期满日期 {posting.last_on}。",
                f"Extended to {step.extended_to}, not later than the end it had, {posting.last_on}.",
            )
            yield Finding(step.entry_id, said)


def _relieved(pairing_ids: Sequence[int]) -> list[Finding]:
    return [
        Finding(
            newer.entry_id,
            Text(
                f"接替的批次“{older.batch}”（记录 {older.entry_id}）仍有 {people} 人计在岗。",
                f"{people} of the batch it relieves, '{older.batch}' (entry {older.entry_id}), still count as in post.",
            ),
        )
        for newer, older, people in relieved_but_there(postings(pairing_ids), clock.today())
    ]


def _lists_of(found: Sequence[Posting]) -> dict[int, list[int]]:
    """The people arrivals and returns list, by entry."""
    entry_ids = [
        entry_id
        for posting in found
        for entry_id in (posting.entry_id, *(step.entry_id for step in posting.returns))
    ]
    listed: dict[int, list[int]] = {}
    for one in listed_in(entry_ids):
        listed.setdefault(one.entry_id, []).append(one.person_id)
    return listed


def _two_posts(pairing_ids: Sequence[int]) -> list[Finding]:
    found = postings(pairing_ids)
    return [
        Finding(
            later,
            Text(
                f"名单中有 {people} 人同时在记录 {earlier} 的岗位上。",
                f"{people} of those listed are at the same time in the post of entry {earlier}.",
            ),
        )
        for later, earlier, people in doubly_posted(found, _lists_of(found))
    ]


def _unlisted_return(pairing_ids: Sequence[int]) -> list[Finding]:
    found = postings(pairing_ids)
    return [
        Finding(
            step.entry_id,
            Text(
                f"到岗记录 {posting.entry_id} 有名单，返回没有：返回者如再次到岗会被当作重复计算。",
                f"Arrival {posting.entry_id} lists its people, the return does not: "
                "whoever comes again would be taken for somebody counted twice.",
            ),
        )
        for posting, step in unlisted_returns(found, _lists_of(found))
    ]


CHECKS = Checks(
    (
        Check(
            "secondment.no_letter",
            Text("到岗而无选派记录或选派文件", "In post without a selection or posting letter"),
            "attention",
            _PAPERS,
            _each(_no_letter),
        ),
        Check(
            "secondment.dated_by_selection",
            Text("以选派之日为到岗之日", "In post dated by the selection"),
            "attention",
            _PERSONS,
            _each(_dated_by_selection),
        ),
        Check(
            "secondment.term_over",
            Text("期满未返回也未延期，仍计在岗", "Term over, neither returned nor extended"),
            "serious",
            _PHANTOM,
            _each(_term_over),
        ),
        Check(
            "secondment.two_posts",
            Text("同一人同时在两个岗位", "The same person in two posts at once"),
            "serious",
            _PERSONS,
            _two_posts,
        ),
        Check(
            "secondment.unlisted_return",
            Text("到岗有名单而返回没有", "An arrival with a list, a return without"),
            "attention",
            _PERSONS,
            _unlisted_return,
        ),
        Check(
            "secondment.relieved_still_there",
            Text("已被接替的批次仍计在岗", "A relieved batch still counted in post"),
            "serious",
            _PERSONS,
            _relieved,
        ),
        Check(
            "secondment.unlike",
            Text("返回或延期与到岗记录不一致", "A return or extension unlike its arrival"),
            "serious",
            _PERSONS,
            _each(_unlike),
        ),
        Check(
            "secondment.too_short",
            Text("不足计入统计的最短期限", "Shorter than the term that counts"),
            "attention",
            Text(
                "2020年4月西青区选派情况：专业技术人才一个月至一年轮换；最短期限各处说法不一",
                "Xiqing District on its postings, April 2020: professionals rotate after one month to one year; "
                "the shortest term is told differently everywhere",
            ),
            _each(_too_short),
        ),
        Check(
            "secondment.no_appraisal",
            Text("返回而无考核鉴定", "Returned without an appraisal"),
            "attention",
            _PAPERS,
            _each(_no_appraisal),
        ),
        Check(
            "secondment.no_term",
            Text("没有填期限", "No term told"),
            "attention",
            _PAPERS,
            _each(_no_term),
        ),
        Check(
            "secondment.extended_backwards",
            Text("延期不晚于原期满日期", "An extension that ends no later"),
            "attention",
            _PAPERS,
            _each(_extended_backwards),
        ),
        Check(
            "secondment.unnamed_team",
            Text("组团式队伍没有队名", "A group-style team without a name"),
            "attention",
            Text(
                "2022年起组团式帮扶按队、按人统计",
                "Since 2022 group-style teams are counted by team and by person",
            ),
            _each(_unnamed_team),
        ),
    )
)
