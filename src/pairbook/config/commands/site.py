"""`demo`, `serve`, `migrate`, `createadmin`: a book set up, and its site opened."""

import getpass
import os
import socket
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from pairbook.config.commands.answers import Progress, say
from pairbook.config.commands.migrating import bring_up_to_date, load_reference, must_be_migrated
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.rules import EVIDENCE_BYTES_MAX, too_large
from pairbook.kernel.texts import Text

if TYPE_CHECKING:
    import waitress.utilities

PORTS_TRIED_MAX = 50
_THREADS = 8
# Between the limit of a paper and this one the site answers with a page of its own; beyond, the server at once.
_BODY_BYTES_MAX = 3 * EVIDENCE_BYTES_MAX


def demo(arguments: Namespace) -> int:
    """The sample programme, loaded once and opened; refused in a book that holds a real programme."""
    from pairbook.config.sample import load as sample
    from pairbook.pairings.reads import holds_real

    if bring_up_to_date():
        say(Text("账本已建好。", "The book is set up."), arguments)
    if holds_real():
        raise Refusal(
            "demo.real_book",
            Text(
                "这本账里有真实的结对，不再装入样例；请用 PAIRBOOK_HOME 另指一个目录。",
                "This book holds a real programme, so it takes no sample; point PAIRBOOK_HOME to another folder.",
            ),
        )
    progress = Progress(Text("装入样例", "Loading the sample"), arguments)
    if sample.load_sample(progress) is not None:
        progress.close()
        say(Text("样例已装入。", "The sample programme is loaded."), arguments)
    if not arguments.no_serve:
        port = _free_port("127.0.0.1", arguments.port)
        if port != arguments.port:
            asked = arguments.port
            say(
                Text(f"端口 {asked} 已被占用，改用 {port}。", f"Port {asked} is taken; using {port}."),
                arguments,
            )
        _tell_sign_ins(sample.SIGN_INS, arguments)
        return _serve("127.0.0.1", port, arguments)
    _tell_sign_ins(sample.SIGN_INS, arguments)
    return 0


def serve(arguments: Namespace) -> int:
    """The site, until it is stopped."""
    must_be_migrated()
    if _free_port(arguments.host, arguments.port) != arguments.port:
        asked = arguments.port
        cure = Text("已被占用，请用 --port 另选一个。", "This port is taken; choose another with --port.")
        raise Rejected([Problem("serve.port", Text(f"端口 {asked}", f"Port {asked}"), cure)])
    return _serve(arguments.host, arguments.port, arguments)


def migrate(arguments: Namespace) -> int:
    """The book's tables are those of this version, and the divisions and the list of poor counties are in it."""
    is_changed = bring_up_to_date()
    if load_reference() or is_changed:
        say(Text("账本已建好或升级。", "The book is set up and up to date."), arguments)
    else:
        say(Text("账本已是最新，无需改动。", "The book is up to date; nothing to do."), arguments)
    return 0


def create_admin(arguments: Namespace) -> int:
    """A new administrator; the password is asked twice, or read from PAIRBOOK_ADMIN_PASSWORD by scripts."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import translation

    from pairbook.kernel.actions import add_user
    from pairbook.kernel.models import User
    from pairbook.parties.actions import add_post

    must_be_migrated()
    username = arguments.username or input(Text("登录名：", "User name: ").in_(arguments.lang)).strip()
    if not username or User.objects.filter(username=username).exists():
        cure = Text("请另写一个登录名：为空或已被使用。", "Give another name: it is empty or taken.")
        raise Rejected([Problem("admin.username", Text("登录名", "User name"), cure, value=username)])
    password = os.environ.get("PAIRBOOK_ADMIN_PASSWORD") or _asked_password(arguments)
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        with translation.override("zh-hans"):
            zh = " ".join(error.messages)
        with translation.override("en"):
            en = " ".join(error.messages)
        raise Rejected([Problem("admin.password", Text("密码", "Password"), Text(zh, en))]) from error
    with transaction.atomic():
        user_id = add_user(username, password=password)
        add_post(user_id=user_id, role="administrator", organisation_id=None, by=user_id)
    say(Text(f"已添加管理员 {username}。", f"Administrator {username} added."), arguments)
    return 0


def _asked_password(arguments: Namespace) -> str:
    first = getpass.getpass(Text("密码：", "Password: ").in_(arguments.lang))
    if first != getpass.getpass(Text("再输一次：", "Again: ").in_(arguments.lang)):
        cure = Text("两次输入不同，请重来。", "The two differ; try again.")
        raise Rejected([Problem("admin.password", Text("密码", "Password"), cure)])
    return first


def _tell_sign_ins(sign_ins: "list[tuple[Text, str, str]]", arguments: Namespace) -> None:
    print(Text("样例登录：", "Sample sign-ins:").in_(arguments.lang))
    for label, username, password in sign_ins:
        print(f"  {label.in_(arguments.lang)}: {username} / {password}")
    sys.stdout.flush()


def _free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next one nobody listens on."""
    for port in range(wanted, wanted + PORTS_TRIED_MAX):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Without this a port used a moment ago counts as taken for a minute on Linux.
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {wanted} on")


def _serve(host: str, port: int, arguments: Namespace) -> int:
    import waitress
    import waitress.parser

    from pairbook.config.wsgi import application

    waitress.parser.RequestEntityTooLarge = _too_large_answer()  # type: ignore[attr-defined]

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    print(
        Text(f"网站已打开：{address}（Ctrl-C 结束）", f"The site is open: {address} (Ctrl-C ends it)").in_(
            arguments.lang
        ),
        flush=True,
    )
    waitress.serve(
        application,
        host=host,
        port=port,
        threads=_THREADS,
        ident=None,
        max_request_body_size=_BODY_BYTES_MAX,
        _quiet=True,
    )
    return 0


def _too_large_answer() -> "type[waitress.utilities.Error]":
    """What the server says to a body it will not even begin to read, such as a 2 GB file."""
    from waitress.utilities import RequestEntityTooLarge

    class TooLarge(RequestEntityTooLarge):
        """The answer, in both languages: which one the reader wanted is not known yet."""

        def to_response(  # type: ignore[override]
            self, ident: str | None = None
        ) -> tuple[str, list[tuple[str, str]], bytes]:
            cure = too_large().cure
            page = (
                '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>Pairbook</title>'
                f'<h1>{cure.zh}</h1><h1 lang="en">{cure.en}</h1></html>'
            )
            return f"{self.code} {self.reason}", [("Content-Type", "text/html; charset=utf-8")], page.encode()

    return TooLarge
