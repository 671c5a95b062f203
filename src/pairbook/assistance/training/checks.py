"""What an auditor would ask about training: padded numbers, people in two rooms at once, courses nobody signed in to.

Each check lists and refuses nothing. How a thing is found is in `rules`; here it gets its words.
"""

from collections.abc import Callable, Iterator, Sequence

from pairbook.assistance.training.reads import courses
from pairbook.assistance.training.rules import (
    Course,
    attended_twice,
    crowded_days,
    early_outcomes,
    seldom_present,
    unlike_outcomes,
    unlisted_persons,
)
from pairbook.kernel import clock
from pairbook.kernel.reads import threshold
from pairbook.kernel.texts import Text
from pairbook.workspace.rules import Check, Checks, Finding

_PADDED = Text(
    "2022年6月21日审计工作报告：11个县41期培训凑人数",
    "Audit report of 21 June 2022: 41 courses in 11 counties with padded head-counts",
)
_PAPERS = Text(
    "培训通行佐证：方案、分日签到、课程表、照片、证书、经费支付凭证",
    "Usual evidence of training: plan, sign-in by day, syllabus, photos, certificates, payment",
)
_SHORT_COURSES = Text(
    "广西审计公告：一校以短期班套取资金",
    "Audit notice in Guangxi: one school drew money through short courses",
)


def _each(find: Callable[[Course], Iterator[Finding]]) -> Callable[[Sequence[int]], list[Finding]]:
    """A check that looks at each course by itself."""

    def found(pairing_ids: Sequence[int]) -> list[Finding]:
        return [finding for course in courses(pairing_ids) for finding in find(course)]

    return found


def _count_above_list(course: Course) -> Iterator[Finding]:
    unlisted = unlisted_persons(course)
    if unlisted:
        yield Finding(
            course.entry_id,
            Text(
                f"记为{course.persons}人，名单上只有{len(course.people)}人，多出{unlisted}人。",
                f"Counted as {course.persons}, with {len(course.people)} on the list: {unlisted} more than listed.",
            ),
        )


def _few_sessions(course: Course) -> Iterator[Finding]:
    share = threshold("training.attendance_percent_min", course.started_on)
    seldom = seldom_present(course, share)
    if seldom:
        yield Finding(
            course.entry_id,
            Text(
                f"名单上有{seldom}人到课不足{share}%（共{course.sessions}节）。",
                f"{seldom} on the list attended less than {share}% of the {course.sessions} sessions.",
            ),
        )


def _no_sign_in(course: Course) -> Iterator[Finding]:
    if "sign_in" not in course.papers:
        said = Text(
            f"{course.persons}人参训，没有签到表。",
            f"{course.persons} attended, and there is no sign-in sheet.",
        )
        yield Finding(course.entry_id, said)


def _early_outcome(course: Course) -> Iterator[Finding]:
    for outcome in early_outcomes(course):
        yield Finding(
            outcome.entry_id,
            Text(
                f"成果日期 {outcome.happened_on} 早于培训结束之日 {course.period.last}。",
                f"Dated {outcome.happened_on}, before the last day of the course, {course.period.last}.",
            ),
        )


def _unlike_outcome(course: Course) -> Iterator[Finding]:
    for outcome in unlike_outcomes(course):
        yield Finding(
            outcome.entry_id,
            Text(
                f"方向、对象或地点与所承接的培训（记录 {course.entry_id}）不一致。",
                f"Direction, audience or place differ from the course it follows (entry {course.entry_id}).",
            ),
        )


def _attended_twice(pairing_ids: Sequence[int]) -> list[Finding]:
    return [
        Finding(
            later,
            Text(
                f"名单中有 {people} 人同一时间也在记录 {earlier} 的培训名单上。",
                f"{people} of those listed are at the same time on the list of the course of entry {earlier}.",
            ),
        )
        for later, earlier, people in attended_twice(courses(pairing_ids))
    ]


def _crowded_day(pairing_ids: Sequence[int]) -> list[Finding]:
    most = threshold("training.people_a_day_max", clock.today())
    return [
        Finding(
            course.entry_id,
            Text(
                f"同一单位 {course.started_on} 当天共培训 {there} 人，超过 {most} 人。",
                f"The same organisation trained {there} people on {course.started_on}, more than {most}.",
            ),
        )
        for course, there in crowded_days(courses(pairing_ids), most)
    ]


CHECKS = Checks(
    (
        Check(
            "training.count_above_list",
            Text("人数多于名单", "More people counted than listed"),
            "serious",
            _PADDED,
            _each(_count_above_list),
        ),
        Check(
            "training.attended_twice",
            Text("同一人同时参加两期培训", "The same person at two courses at once"),
            "serious",
            _PADDED,
            _attended_twice,
        ),
        Check(
            "training.few_sessions",
            Text("到课不足", "Attended too few sessions"),
            "attention",
            _PADDED,
            _each(_few_sessions),
        ),
        Check(
            "training.no_sign_in",
            Text("没有签到表", "No sign-in sheet"),
            "attention",
            _PAPERS,
            _each(_no_sign_in),
        ),
        Check(
            "training.crowded_day",
            Text("同一单位一天培训人数过多", "Too many people trained by one organisation in a day"),
            "attention",
            _SHORT_COURSES,
            _crowded_day,
        ),
        Check(
            "training.early_outcome",
            Text("培训未结束已有成果", "An outcome before the course was over"),
            "serious",
            _PADDED,
            _each(_early_outcome),
        ),
        Check(
            "training.unlike_outcome",
            Text("成果与所承接的培训不一致", "An outcome unlike its course"),
            "attention",
            _PAPERS,
            _each(_unlike_outcome),
        ),
    )
)
