"""What follows an entry through all later stages, whatever its kind: asked in one question."""

from pairbook.kernel.queries import rows_of


def later_ids(root_id: int) -> dict[str, list[int]]:
    """Current entries that follow an entry, directly or further on, by stage and in the order of their days."""
    current = """
        NOT entry.is_withdrawal
        AND NOT EXISTS (SELECT 1 FROM register_entry later WHERE later.replaces_id = entry.id)
    """
    sql = f"""
        WITH RECURSIVE below (root) AS (
            SELECT CAST(%s AS bigint)
            UNION ALL
            SELECT COALESCE(entry.root_id, entry.id)
            FROM below JOIN register_entry entry ON entry.follows_id = below.root
            WHERE {current}
        )
        SELECT entry.stage, entry.id FROM below JOIN register_entry entry ON entry.follows_id = below.root
        WHERE {current} ORDER BY entry.happened_on, entry.id
    """
    found: dict[str, list[int]] = {}
    for stage, entry_id in rows_of(sql, [root_id]):
        found.setdefault(stage, []).append(entry_id)
    return found
