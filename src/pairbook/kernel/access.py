"""Who may do what: plain values in, yes or no out.

Every decision takes a role *and* a side *and* an organisation. A person's posts come from `parties`, the side an
organisation stands on from `pairings`; this table only says what follows. `tests/test_access.py` tries every
page with every role.
"""

from dataclasses import dataclass
from typing import Literal

from pairbook.kernel.problems import Refusal
from pairbook.kernel.texts import Text

Side = Literal["assisting", "assisted"]
SIDES: tuple[Side, Side] = ("assisting", "assisted")
SIDE_LABELS: dict[str, Text] = {
    "assisting": Text("帮扶方", "assisting side"),
    "assisted": Text("受援方", "assisted side"),
}

OTHER_SIDE: dict[Side, Side] = {"assisting": "assisted", "assisted": "assisting"}

ROLE_LABELS: dict[str, Text] = {
    "officer": Text("协作工作人员", "officer"),
    "department": Text("业务部门填报员", "line department"),
    "auditor": Text("审计人员", "auditor"),
    "administrator": Text("系统管理员", "administrator"),
}

_READING = frozenset({"register.read", "paper.read", "register.export"})
_RECORDING = frozenset({"entry.record", "entry.correct", "entry.attach", "reading.correct"})
# Names behind the privacy wall: who looks after the persons of a list may write it; auditors only compare.
_MEETING = frozenset({"person.read", "person.export", "person.register"})
# The project library: a unit proposes and carries out, an office decides; the giver's office consents.
_CARRYING = frozenset({"project.propose", "project.carry_out"})
_ACTS: dict[str, frozenset[str]] = {
    "officer": _READING
    | _RECORDING
    | _MEETING
    | _CARRYING
    | {"entry.answer", "month.sign", "register.import", "catalogue.add", "project.decide", "project.consent"}
    | {"statement.read", "statement.keep"},
    "department": _READING | _RECORDING | _MEETING | _CARRYING,
    "auditor": _READING | {"person.read", "statement.read"},
    "administrator": frozenset({"book.set_up"}),
}
# These roles act on one side of a pairing; without a side they may do none of their acts there.
_SIDED = frozenset({"officer", "department"})
# A line department, a school or a hospital sees and writes its own part only (DESIGN section 1).
_OWN_ONLY = frozenset({"department"})


@dataclass(frozen=True, slots=True)
class Post:
    """A person's post: a role in an organisation."""

    organisation_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user with posts. `user_id` None is the public."""

    user_id: int | None
    name: str = ""
    posts: tuple[Post, ...] = ()

    @property
    def is_public(self) -> bool:
        """Whether nobody is signed in."""
        return self.user_id is None

    @property
    def is_administrator(self) -> bool:
        """Whether the actor may set the book up (parties, pairings, posts)."""
        return any(post.role == "administrator" for post in self.posts)


PUBLIC = Actor(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor is in one pairing: the role, the side and the organisation of one post."""

    role: str
    side: Side | None
    organisation_id: int

    @property
    def sees_own_only(self) -> bool:
        """Whether only the organisation's own entries may be seen."""
        return self.role in _OWN_ONLY


def may(standing: Standing | None, act: str) -> bool:
    """Whether someone of this standing may do `act` in the pairing; the public (None) may do none of them."""
    if standing is None or (standing.role in _SIDED and standing.side is None):
        return False
    return act in _ACTS[standing.role]


def may_on_side(standing: Standing | None, act: str, side: str) -> bool:
    """Whether someone of this standing may do `act` with what belongs to one side; auditors belong to neither."""
    if not may(standing, act) or standing is None:
        return False
    return standing.role not in _SIDED or standing.side == side


def may_see(standing: Standing | None, *, organisation_ids: frozenset[int]) -> bool:
    """Whether the office view of an entry, papers included, is open to this standing.

    `organisation_ids` are the parties that gave, received or recorded the entry.
    """
    return may_with(standing, "register.read", organisation_ids=organisation_ids)


def may_with(standing: Standing | None, act: str, *, organisation_ids: frozenset[int]) -> bool:
    """Whether someone of this standing may do `act` with what these organisations have a part in."""
    if not may(standing, act) or standing is None:
        return False
    return not standing.sees_own_only or standing.organisation_id in organisation_ids


def must(allowed: bool, act: str) -> None:
    """Refuse with 403 unless allowed."""
    if not allowed:
        raise Refusal(
            f"access.{act}",
            Text(
                "您的岗位不能做这件事；请由有权限的一方办理。",
                "Your post may not do this; ask the office whose task it is.",
            ),
            forbidden=True,
        )
