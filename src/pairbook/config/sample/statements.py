"""The sample's bank statement: invented lines around the sample's own entries, as a bank would send them."""

from importlib import resources

from pairbook.exchange.statements import read_statement
from pairbook.kernel.access import Actor
from pairbook.register.statements.actions import StatementDraft, accept_matches, keep_statement
from pairbook.register.statements.reads import reconciled

PARTY, ACCOUNT = "zy-charity", "样例 0017"
KEPT_AT = "2020-07-06 09:30"
# The rest waits for whoever opens the page.
_ACCEPTED = 3


def keep_sample_statement(pairing_id: int, party_id: int, *, by: Actor) -> int:
    """The id of the sample's statement, kept in the encoding banks use, with its first certain matches accepted."""
    file = resources.files("pairbook.config.sample").joinpath(f"data/statements/{PARTY}-2020.csv")
    content = file.read_text(encoding="utf-8").encode("gb18030")
    read = read_statement(content)
    assert read.days is not None and not read.problems and not read.notes, "the sample's statement is sound"
    draft = StatementDraft(
        pairing_id, party_id, *read.days, content, read.media_type, read.lines, account=ACCOUNT
    )
    statement_id = keep_statement(draft, by=by)
    found = reconciled(statement_id)
    assert found is not None
    certain = sorted(found.certain, key=lambda one: one.lines[0].row)[:_ACCEPTED]
    accept_matches(statement_id, [one.key for one in certain], by=by)
    return statement_id
