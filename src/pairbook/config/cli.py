"""The `pairbook` command: its verbs, its languages, and what every verb does the same way when something goes wrong.

`--json` prints one JSON document on standard output and nothing else; progress and problems for people go to
standard error. Exit status: 0 done, 1 the answer is no (rows or a sum were refused), 2 wrong usage.
The verbs themselves are in `commands`; each is imported only when it is asked for, so that `--help` is quick.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import NoReturn

from pairbook.kernel.problems import Refusal, Rejected
from pairbook.kernel.texts import Lang, Text

DONE, SAID_NO, WRONG_USAGE, STOPPED = 0, 1, 2, 130

# Verbs that read what they are given and nothing else: they need no book, and so no database.
_BOOKLESS = frozenset(("claims",))

Verb = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    arguments = _parser(_lang(words)).parse_args(words)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _say(Text("已停止，未留下写了一半的内容。", "Stopped; nothing half-written is left."), arguments)
        return STOPPED
    except BrokenPipeError:
        # The reader (`| head`) has gone; what is still in the buffer has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def _run(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pairbook.config.settings")
    import django
    from django.db import DatabaseError

    from pairbook.config.commands.answers import refusal_json, rejected_json, tell_json, tell_problems

    try:
        if arguments.verb not in _BOOKLESS:
            django.setup()
        verb: Verb = _verb(arguments.verb)
        return verb(arguments)
    except Rejected as rejected:
        tell_problems(rejected.problems, arguments)
        if arguments.json:
            tell_json(rejected_json(rejected))
        return WRONG_USAGE
    except Refusal as refusal:
        _say(refusal.reason, arguments)
        if arguments.json:
            tell_json(refusal_json(refusal))
        return SAID_NO
    except DatabaseError as error:
        if os.environ.get("PAIRBOOK_DEBUG"):
            raise
        _say(_database_trouble(error), arguments)
        return WRONG_USAGE
    except BrokenPipeError:
        raise
    except Exception as error:
        if os.environ.get("PAIRBOOK_DEBUG"):
            raise
        told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        _say(Text(f"没有办成：{told}", f"This did not work: {told}"), arguments)
        return SAID_NO


def _database_trouble(error: Exception) -> Text:
    """An unmigrated book is told what to run; any other trouble of the database in one line."""
    from django.db import DatabaseError

    from pairbook.config.commands.migrating import is_migrated

    try:
        if not is_migrated():
            return Text(
                "这本账还没有建好：请先运行 pairbook demo（样例）或 pairbook migrate（自己的账）。",
                "This book is not set up yet: run pairbook demo (the sample) or pairbook migrate (a book of your own).",
            )
    except DatabaseError as trouble:
        error = trouble
    line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return Text(f"数据库没有应答：{line}", f"The database did not answer: {line}")


def _verb(name: str) -> Verb:
    """The function behind a verb; only its own module is imported."""
    if name in ("demo", "serve", "migrate", "createadmin"):
        from pairbook.config.commands import site

        return {
            "demo": site.demo,
            "serve": site.serve,
            "migrate": site.migrate,
            "createadmin": site.create_admin,
        }[name]
    if name in ("figures", "open"):
        from pairbook.config.commands import asking

        return {"figures": asking.figures, "open": asking.open_addresses}[name]
    if name == "trace":
        from pairbook.config.commands import tracing

        return tracing.trace
    if name in ("import", "export"):
        from pairbook.config.commands import sheets

        return {"import": sheets.import_file, "export": sheets.export}[name]
    if name == "check":
        from pairbook.config.commands import checking

        return checking.check
    if name == "reconcile":
        from pairbook.config.commands import reconciling

        return reconciling.reconcile
    if name == "claims":
        from pairbook.config.commands import claims

        return claims.claims
    from pairbook.config.commands import upkeep

    return {
        "backup": upkeep.backup,
        "restore": upkeep.restore,
        "rebuild": upkeep.rebuild,
        "rotate-person-key": upkeep.rotate_key,
        "bench": upkeep.bench,
    }[name]


def _lang(words: Sequence[str]) -> Lang:
    """The language asked for, else that of the environment: it decides the words of `--help` too."""
    named = ""
    for place, word in enumerate(words):
        if word == "--lang" and place + 1 < len(words):
            named = words[place + 1]
        elif word.startswith("--lang="):
            named = word.removeprefix("--lang=")
    if not named:
        named = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def _speak_utf8() -> None:
    """Files and pipes get UTF-8 whatever the system's own encoding is; a console is left as it is."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


def _say(text: Text, arguments: argparse.Namespace) -> None:
    print(text.in_(arguments.lang), file=sys.stderr)


class _Parser(argparse.ArgumentParser):
    """Wrong usage is told with the way to help, and ends with status 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


class _GivenLang(argparse.Action):
    """Remembers that a language was asked for: a text that is read has its own language otherwise."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        namespace.lang, namespace.lang_given = values, True


def _parser(lang: Lang) -> argparse.ArgumentParser:
    say = _Words(lang)
    parser = _Parser(
        prog="pairbook",
        description=say(
            "结对账：结对帮扶的一本账，每个数都能打开、有凭据、有双方签字。",
            "Pairbook: the book of a paired-assistance programme; every figure opens, has papers and two signatures.",
        ),
    )
    parser.add_argument("--version", action="version", version=f"pairbook {_version()}")
    shared = _Parser(add_help=False)
    shared.add_argument(
        "--lang", choices=("zh", "en"), default=lang, action=_GivenLang, help=say("语言", "language")
    )
    shared.set_defaults(json=False, lang_given=False)
    parser.add_argument("--lang", choices=("zh", "en"), default=lang, help=argparse.SUPPRESS)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, zh: str, en: str, *, has_json: bool = False) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=say(zh, en), description=say(zh, en), parents=[shared])
        if has_json:
            added.add_argument(
                "--json",
                action="store_true",
                help=say("只输出一个 JSON 文档", "print one JSON document and nothing else"),
            )
        return added

    _add_site_verbs(verb, say)
    _add_asking_verbs(verb, say)
    _add_file_verbs(verb, say)
    _add_text_verbs(verb, say)
    _add_check_verb(verb, say)
    _add_reconcile_verb(verb, say)
    _add_upkeep_verbs(verb, say)
    return parser


class _Words:
    """Chooses the words of `--help`."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> str:
        return Text(zh, en).in_(self.lang)


AddVerb = Callable[..., argparse.ArgumentParser]


def _add_site_verbs(verb: AddVerb, say: _Words) -> None:
    demo = verb("demo", "装入样例并打开网站", "load the sample programme and open the site")
    demo.add_argument("--no-serve", action="store_true", help=say("装入后即结束", "stop after loading"))
    demo.add_argument("--port", type=int, default=8000, help=say("端口", "port"))
    serve = verb("serve", "打开网站", "open the site")
    serve.add_argument("--port", type=int, default=8000, help=say("端口", "port"))
    serve.add_argument("--host", default="127.0.0.1", help=say("地址", "address to listen on"))
    verb("migrate", "建账或升级账本", "set the book up, or bring it up to date")
    admin = verb("createadmin", "添加系统管理员", "add an administrator")
    admin.add_argument("--username", help=say("登录名", "name to sign in with"))


def _add_asking_verbs(verb: AddVerb, say: _Words) -> None:
    figures = verb("figures", "列出一个结对的全部数据", "all figures of a pairing", has_json=True)
    figures.add_argument("pairing", metavar="PAIRING", help=say("结对代码", "code of the pairing"))
    figures.add_argument("--as-of", metavar="DATE", help=say("截至哪一天", "up to which day"))
    figures.add_argument(
        "--known-at",
        metavar="MOMENT",
        help=say("以何时所知（日期即当日终了）", "as the book knew it then; a day means its end"),
    )
    figures.add_argument("--indicator", metavar="CODE", help=say("只要一个指标", "only this indicator"))
    opening = verb(
        "open",
        "打开一个数：记录、确认与材料；几个数则求和",
        "what is behind a figure; for several, their sum or why there is none",
        has_json=True,
    )
    opening.add_argument("addresses", metavar="ADDRESS", nargs="+", help=say("数据地址", "figure address"))
    opening.add_argument(
        "--limit", type=int, metavar="N", help=say("最多列出几条记录", "list at most so many entries")
    )

    opening.add_argument(
        "--in",
        dest="currency",
        metavar="CURRENCY",
        help=say("另以这种货币显示，如 USD", "show the amount in this currency as well, such as USD"),
    )
    opening.add_argument(
        "--rate",
        metavar="YUAN",
        default="",
        help=say(
            "1单位外币合多少元；不写则用参考汇率", "yuan for one unit of it; the reference rate if left out"
        ),
    )
    opening.add_argument(
        "--rate-source", metavar="TEXT", default="", help=say("汇率出处", "where the rate is from")
    )
    opening.add_argument(
        "--rate-on",
        metavar="DATE",
        default="",
        help=say("汇率日期，默认为该数的最后一天", "day of the rate; the last day of the figure if left out"),
    )

    tracing = verb(
        "trace", "追踪资金的来源与去向", "where money came from and what became of it", has_json=True
    )
    tracing.add_argument(
        "what",
        metavar="fiscal|social|FUND|ENTRY",
        help=say(
            "财政、社会资金，一笔资金的代码，或记录编号",
            "fiscal or social money, the code of a fund, or the number of an entry",
        ),
    )
    tracing.add_argument(
        "--pairing", metavar="CODE", required=True, help=say("结对代码", "code of the pairing")
    )
    tracing.add_argument("--from", dest="first", metavar="DATE", help=say("从哪一天起", "from which day"))
    tracing.add_argument("--as-of", metavar="DATE", help=say("截至哪一天", "up to which day"))


def _add_file_verbs(verb: AddVerb, say: _Words) -> None:
    taking = verb("import", "导入工作簿", "take a workbook into the book", has_json=True)
    taking.add_argument(
        "kind",
        metavar="KIND",
        help=say("种类，如 funds；项目申报写 projects", "kind, such as funds; projects for proposals"),
    )
    taking.add_argument("file", metavar="FILE.xlsx", help=say("工作簿", "the workbook"))
    taking.add_argument("--pairing", metavar="CODE", help=say("结对代码", "code of the pairing"))
    taking.add_argument("--by", metavar="USER", help=say("以谁的名义", "who records it: a user name"))
    taking.add_argument(
        "--dry-run", action="store_true", help=say("只检查，不写入", "check everything, write nothing")
    )
    taking.add_argument(
        "--partial", action="store_true", help=say("只收下没有问题的行", "take the good rows only")
    )
    giving = verb(
        "export", "导出工作簿或更正的读法", "write a workbook, or the corrected readings", has_json=True
    )
    giving.add_argument(
        "format",
        choices=("xlsx", "corrections"),
        help=say(
            "xlsx 为工作簿；corrections 为核对文章时更正的读法，成为测试用例（YAML）",
            "xlsx: a workbook; corrections: readings of checked texts that clerks corrected, as test cases (YAML)",
        ),
    )
    giving.add_argument(
        "kinds",
        metavar="KIND",
        nargs="*",
        help=say(
            "种类，projects 为项目库；默认全部；也可写文件名",
            "kinds, and projects for the project library; default all; or the file",
        ),
    )
    giving.add_argument("--pairing", metavar="CODE", help=say("结对代码", "code of the pairing"))
    giving.add_argument("--out", metavar="FILE", help=say("写到哪个文件", "file to write"))


def _add_text_verbs(verb: AddVerb, say: _Words) -> None:
    finding = verb(
        "claims",
        "找出文章里的每一个数，说明它说的是什么；不需要账本",
        "every figure in a text, and what it claims; needs no book",
        has_json=True,
    )
    finding.add_argument(
        "file",
        metavar="FILE",
        help=say(
            "文本文件（UTF-8 或 GB18030）、.docx 或 .pdf；- 为标准输入",
            "a text file (UTF-8 or GB18030), .docx or .pdf; - reads standard input",
        ),
    )
    finding.add_argument(
        "--published",
        metavar="DATE",
        help=say(
            "发表日期，用来推定“今年”“截至目前”等",
            "day of publication, which 'this year' or 'so far' refer to",
        ),
    )


def _add_check_verb(verb: AddVerb, say: _Words) -> None:
    checking = verb(
        "check",
        "拿文章里的每一个数与账本核对",
        "hold every figure of a text against the book",
        has_json=True,
    )
    checking.add_argument(
        "file",
        metavar="FILE",
        help=say(
            "文本文件（UTF-8 或 GB18030）、.docx 或 .pdf；- 为标准输入",
            "a text file (UTF-8 or GB18030), .docx or .pdf; - reads standard input",
        ),
    )
    checking.add_argument("--pairing", metavar="CODE", help=say("结对代码", "code of the pairing"))
    checking.add_argument(
        "--as-of",
        metavar="DATE",
        help=say("截至哪一天，默认为发表日期", "up to which day; the day of publication if left out"),
    )
    checking.add_argument("--published", metavar="DATE", help=say("发表日期", "day of publication"))
    checking.add_argument(
        "--against",
        metavar="EARLIER",
        help=say("再与一篇先前的文章对照", "compare it with an earlier text too"),
    )
    checking.add_argument(
        "--against-published",
        metavar="DATE",
        help=say("先前文章的发表日期", "day of publication of the earlier text"),
    )


def _add_reconcile_verb(verb: AddVerb, say: _Words) -> None:
    reconciling = verb(
        "reconcile",
        "拿对账单与账本比对，只列出、不写入",
        "hold a bank statement against the book; lists, and writes nothing",
        has_json=True,
    )
    reconciling.add_argument(
        "file",
        metavar="FILE",
        help=say("对账单：CSV 或 Excel", "the statement: CSV or Excel"),
    )
    reconciling.add_argument("--pairing", metavar="CODE", help=say("结对代码", "code of the pairing"))
    reconciling.add_argument(
        "--party",
        metavar="NAME",
        help=say(
            "账户单位的全称或代码；默认按表头上方的户名",
            "full name or code of whose account it is; the name above the head if left out",
        ),
    )
    reconciling.add_argument(
        "--fund", metavar="CODE", help=say("只与这一笔资金比对", "hold against this fund only")
    )


def _add_upkeep_verbs(verb: AddVerb, say: _Words) -> None:
    backup = verb(
        "backup", "备份整本账（含材料）", "the whole book, papers included, in one file", has_json=True
    )
    backup.add_argument("file", metavar="FILE")
    restore = verb("restore", "把备份恢复到一本空账", "fill an empty book from a backup", has_json=True)
    restore.add_argument("file", metavar="FILE")
    rebuild = verb(
        "rebuild", "由记录重算余额与合计", "compute balances and totals anew from the entries", has_json=True
    )
    rebuild.add_argument(
        "--check", action="store_true", help=say("只核对，不改写", "only compare, mend nothing")
    )
    verb(
        "rotate-person-key",
        "更换个人信息密钥，全部重新加密",
        "seal names, phones and identity numbers with a new key",
        has_json=True,
    )
    bench = verb("bench", "测速", "the benchmarks", has_json=True)
    bench.add_argument("names", metavar="NAME", nargs="*")
    bench.add_argument("--entries", metavar="N", help=say("账本大小", "size of the generated book"))
    bench.add_argument("--runs", metavar="N", help=say("每项测几次", "runs of each measure"))
    bench.add_argument(
        "--engine", choices=["sqlite", "postgresql"], help=say("只测这一种数据库", "only this database")
    )
    bench.add_argument(
        "--texts", metavar="FOLDER", help=say("claims 用的标注文本", "annotated texts for claims")
    )
    bench.add_argument("--list", action="store_true", help=say("只列出各项", "only list the measures"))


def _version() -> str:
    try:
        return version("pairbook")
    except PackageNotFoundError:
        return "(checkout)"


if __name__ == "__main__":
    sys.exit(main())
