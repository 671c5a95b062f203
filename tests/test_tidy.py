"""What STYLE asks of every file and a linter does not know: where writes may stand, names, docstrings."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src/pairbook"

# Rows written under an action, and who alone may ask for that.
UNDER_ACTIONS = {
    "register/ledger.py": {"register/actions.py", "register/closings/actions.py"},
    # A restored book replaces a whole home, audit trail included: a command's work and no entry's.
    "exchange/restoring.py": {"config/commands/upkeep.py"},
}
WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "_raw_delete",
}
SQL_WRITE = re.compile(
    r"\b(INSERT (OR \w+ )?INTO|UPDATE \S+ SET|DELETE FROM|TRUNCATE|REPLACE INTO|COPY \S+ \()"
)
BANNED_FILES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "service",
    "services",
}
BANNED_WORDS = re.compile(r"donor|beneficiar|attachment|kpi", re.IGNORECASE)
# Named by Django, not by us.
DJANGO_NAMES = {
    "get_queryset",
    "get_context_data",
    "get_form_kwargs",
    "get_user",
    "get_response",
    "get_invalid_login_error",
}


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def files(*, with_tests: bool = False, with_migrations: bool = False) -> list[Path]:
    """The Python files of the house."""
    return [
        path
        for path in sorted(HOUSE.rglob("*.py"))
        if (with_tests or "tests" not in path.parts) and (with_migrations or "migrations" not in path.parts)
    ]


def name(path: Path) -> str:
    """A file as people call it."""
    return (
        path.relative_to(HOUSE).as_posix()
        if path.is_relative_to(HOUSE)
        else path.relative_to(ROOT).as_posix()
    )


def offences(wrong: Callable[[Path], list[str]], paths: Iterable[Path]) -> dict[str, list[str]]:
    """What is wrong in which file; nothing is said of the files that are in order."""
    found = {name(path): wrong(path) for path in paths}
    return {path: said for path, said in found.items() if said}


def may_write(path: Path) -> bool:
    """Whether this file may hold writes."""
    return path.name == "actions.py" or name(path) in {*UNDER_ACTIONS, "kernel/triggers.py"}


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    verb = call.func.attr
    if verb == "save":
        # A workbook or a picture is saved to somewhere; a row is saved with keywords or nothing.
        return not call.args
    if verb == "update":
        # Rows are updated by keyword; a dictionary or a digest takes a value.
        return bool(call.keywords) and not call.args
    return verb in WRITES


def _texts(tree: ast.Module) -> Iterator[str]:
    """Every text in a file, the fields of an f-string shown as a word."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _writes_in(path: Path) -> list[str]:
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call) and _is_write(node)]
    return [ast.unparse(call) for call in calls] + [
        text for text in _texts(tree_of(path)) if SQL_WRITE.search(text)
    ]


def test_only_actions_write():
    assert offences(_writes_in, (path for path in files() if not may_write(path))) == {}


def test_what_lies_under_an_action_is_asked_for_by_that_action_alone():
    for below, callers in UNDER_ACTIONS.items():
        module = f"pairbook.{below.removesuffix('.py').replace('/', '.')}"
        assert {name(path) for path in files() if module in imported(path)} <= callers


def imported(path: Path) -> set[str]:
    """The modules and names a file imports, written in full."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def is_view(path: Path) -> bool:
    """Whether a file answers requests: views, forms and addresses."""
    return path.stem in {"views", "forms", "urls"} or path.parent.name in {"views", "forms"}


def test_pages_ask_and_never_write_the_trail():
    def wrong(path: Path) -> list[str]:
        return [
            one
            for one in imported(path)
            if one.startswith("pairbook") and one.endswith((".write_audit", ".models"))
        ]

    assert offences(wrong, filter(is_view, files())) == {}


def test_only_the_list_of_kinds_imports_by_name():
    def wrong(path: Path) -> list[str]:
        calls = [ast.unparse(node.func) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
        return [call for call in calls if call.rpartition(".")[2] in {"import_module", "__import__"}]

    assert set(offences(wrong, files())) == {"kernel/kinds.py"}


def everything() -> list[Path]:
    """Every Python file of the project a person writes."""
    own = [path for path in files(with_tests=True) if path.stat().st_size]
    others = [path for folder in ("tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [*own, *others, ROOT / "bootstrap.py", ROOT / "conftest.py"]


def test_every_file_says_what_it_is_for():
    assert [name(path) for path in everything() if not ast.get_docstring(tree_of(path))] == []


def _is_own(node: ast.ClassDef) -> bool:
    """Whether nobody outside reads a class's methods: it is private, or they are those of the class it extends."""
    return bool(node.bases) or node.name.startswith("_")


def _bare(path: Path) -> list[str]:
    """The public functions and classes of a file without a docstring."""
    parents: list[ast.Module | ast.ClassDef] = [tree_of(path)]
    parents += [
        node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef) and not _is_own(node)
    ]
    defined = [
        node for parent in parents for node in parent.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    return [
        node.name
        for node in defined
        if not node.name.startswith("_") and node.name != "Meta" and not ast.get_docstring(node)
    ]


def test_every_public_thing_says_what_it_is():
    assert offences(_bare, files()) == {}


def test_no_file_is_named_for_being_a_drawer():
    assert [name(path) for path in everything() if path.stem in BANNED_FILES] == []


def _defined(path: Path) -> list[str]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


def test_no_function_is_named_get():
    def wrong(path: Path) -> list[str]:
        return [one for one in _defined(path) if one.startswith("get_") and one not in DJANGO_NAMES]

    assert offences(wrong, files()) == {}


def test_the_words_we_do_not_use_are_not_used():
    def wrong(path: Path) -> list[str]:
        names = {node.id for node in ast.walk(tree_of(path)) if isinstance(node, ast.Name)}
        names |= {node.arg for node in ast.walk(tree_of(path)) if isinstance(node, ast.arg)}
        return [one for one in names | set(_defined(path)) if BANNED_WORDS.search(one)]

    assert offences(wrong, files()) == {}


def test_what_is_to_be_done_names_its_issue():
    def wrong(path: Path) -> list[str]:
        return re.findall(r"#.*\bTO" + r"DO\b(?! #\d).*", path.read_text(encoding="utf-8"))

    assert offences(wrong, everything()) == {}


def test_no_python_folder_is_deeper_than_the_tests_of_a_kind():
    assert [name(path) for path in HOUSE.rglob("*.py") if len(path.relative_to(HOUSE).parts) > 4] == []
