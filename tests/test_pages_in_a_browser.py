"""Every page in Chromium, in both languages, on desktop and phone: readable, reachable, asking nobody outside.

A page fails here when axe finds a barrier (WCAG 2.2 AA), when it scrolls sideways, when the browser reports a breach of
the content policy or an error, or when it asks for anything that is not this site's.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pairbook.analysis.documents.reading import words_of_document
from pairbook.kernel.kinds import kind_packages

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browsing import Site

pytestmark = pytest.mark.browser

KINDS = tuple(package.rpartition(".")[2] for package in kind_packages(""))

# Addresses behind the language; {entry} is one the receiver recorded, {listed} one that lists people.
PUBLIC_PAGES = (
    "",
    "p/jinghai-zhenyuan/",
    "p/jinghai-zhenyuan/?as_of=2025-06-30",
    "p/jinghai-zhenyuan/entries/",
    "p/jinghai-zhenyuan/entries/{entry}/",
    "p/jinghai-zhenyuan/campaigns/COVID-19/",
    "p/jinghai-zhenyuan/money/",
    "p/jinghai-zhenyuan/money/?of=2020-covid&as_of=2020-12-31",
    "p/jinghai-zhenyuan/money/?as_of=2016-12-31",
    "p/jinghai-zhenyuan/pairs/",
    "p/jinghai-zhenyuan/pairs/?as_of=2021-06-30",
    "p/jinghai-zhenyuan/check/",
    "p/jinghai-zhenyuan/published/",
    "p/jinghai-zhenyuan/projects/",
    "p/jinghai-zhenyuan/projects/2020-10/",
    "p/jinghai-zhenyuan/projects/2025-21/",
    "p/jinghai-zhenyuan/notices/1/",
    "place/621027/",
    "place/621027991002/",
    "place/CN/list/national-2014/?as_of=2020-09-18",
    "place/CN/list/national-2014/?as_of=2016-12-31",
    "f/jinghai-zhenyuan/funds.social@1/received/2020-01-01..2020-09-18",
    "f/jinghai-zhenyuan/funds.fiscal@1/received/2020-01-01..2020-09-18?in=USD&rate=6.8&rate_source=PBOC",
    "p/jinghai-zhenyuan/?as_of=2020-04-07",
    "f/jinghai-zhenyuan/goods.quantity@1/received/2020-01-01..2020-09-18?item=mask&campaign=COVID-19",
    "f/jinghai-zhenyuan/funds.sociall@1/received/2020-01-01..2020-09-18",
    "p/jinghai-zhenyuan/sum/?a=jinghai-zhenyuan/funds.fiscal@1/received&a=jinghai-zhenyuan/visits.leaders@1/held",
    "sign-in/",
    "nothing-here/",
)
OFFICE_PAGES = (
    "work/",
    "work/jinghai-zhenyuan/registers/",
    "work/jinghai-zhenyuan/quality/",
    "work/jinghai-zhenyuan/due/",
    "work/jinghai-zhenyuan/readings/",
    "work/jinghai-zhenyuan/assets/",
    "work/jinghai-zhenyuan/projects/",
    "work/jinghai-zhenyuan/projects/2020-01/",
    "work/jinghai-zhenyuan/projects/2025-22/",
    "work/jinghai-zhenyuan/projects/new/",
    "work/jinghai-zhenyuan/projects/import/",
    "work/jinghai-zhenyuan/projects/2025-02/change/",
    "work/jinghai-zhenyuan/projects/2025-02/steps/finished/",
    "work/jinghai-zhenyuan/projects/2025-02/take-back/",
    "work/jinghai-zhenyuan/projects/2025-02/goals/",
    "work/jinghai-zhenyuan/projects/2025-02/notices/",
    "work/jinghai-zhenyuan/projects/2020-11/assets/",
    "work/jinghai-zhenyuan/projects/2020-01/assets/1/status/",
    "work/jinghai-zhenyuan/funds/new/?stage=spent",
    "work/jinghai-zhenyuan/goods/new/?stage=received",
    "work/jinghai-zhenyuan/entries/{entry}/",
    "work/jinghai-zhenyuan/entries/{listed}/people/",
    "work/jinghai-zhenyuan/entries/{entry}/correct/",
    "work/jinghai-zhenyuan/entries/{entry}/withdraw/",
    "work/jinghai-zhenyuan/entries/{entry}/attach/",
    "work/jinghai-zhenyuan/funds/import/",
    "work/jinghai-zhenyuan/statements/",
    "work/jinghai-zhenyuan/statements/1/",
    "work/jinghai-zhenyuan/statements/new/",
    "work/jinghai-zhenyuan/statements/1/matches/1/",
    "work/jinghai-zhenyuan/idle/",
    "work/jinghai-zhenyuan/entries/213/trace/",
    "work/jinghai-zhenyuan/lists/",
    "work/jinghai-zhenyuan/closing/",
    "work/jinghai-zhenyuan/closing/?to=2020-12",
)
ADMINISTRATOR_PAGES = (
    "work/",
    "work/set-up/",
    "work/set-up/organisations/",
    "work/set-up/places/",
    "work/set-up/thresholds/",
    "work/set-up/places/find/",
    "work/set-up/places/621027/",
    "work/set-up/users/",
    "work/set-up/pairings/",
    "work/set-up/pairings/jinghai-zhenyuan/",
)
# The pages every kind has are made from one template: each kind is looked at in one language on the desktop and in the
# other on the phone, the next kind the other way round.
KIND_PAGES = {
    "public": ("p/jinghai-zhenyuan/kinds/{}/",),
    "receiver": ("work/jinghai-zhenyuan/{}/", "work/jinghai-zhenyuan/{}/new/"),
}
PAGES = {
    "public": PUBLIC_PAGES,
    "receiver": OFFICE_PAGES,
    "auditor": ("work/",),
    "admin": ADMINISTRATOR_PAGES,
}


NUMBERS = {
    "entry": "SELECT MIN(id) FROM register_entry WHERE kind = 'funds' AND stage = 'spent'",
    "listed": "SELECT MIN(entry_id) FROM register_participant",
}


def numbers_of(site: "Site") -> dict[str, int]:
    """The entries of the sample that pages are opened for."""
    with closing(sqlite3.connect(site.home / "book.sqlite3")) as book:
        return {name: book.execute(asked).fetchone()[0] for name, asked in NUMBERS.items()}


def pages_of(who: str, lang: str, width: str) -> list[str]:
    """The pages somebody is shown in a language at a width."""
    way = (lang == "zh") == (width == "desktop")
    turn = [code for place, code in enumerate(KINDS) if (place % 2 == 0) == way]
    return [*PAGES[who], *(page.format(code) for page in KIND_PAGES.get(who, ()) for code in turn)]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("who", list(PAGES))
def test_no_page_raises_a_barrier_scrolls_sideways_or_asks_outside(site, browser, who, lang, width):
    from axe_playwright_python.sync_playwright import Axe

    from tests.browsing import WIDTHS, sign_in

    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high}, locale="zh-CN" if lang == "zh" else "en-GB"
    )
    page = context.new_page() if who == "public" else sign_in(context, site, who, lang)
    found: list[str] = []
    page.on("request", lambda request: _note_outside(found, request.url, site.address))
    page.on("console", lambda message: _note_console(found, message))
    numbers = numbers_of(site)
    for path in (one.format(**numbers) for one in pages_of(who, lang, width)):
        page.goto(site.url(path, lang))
        found += [f"/{path}: {line}" for line in _barriers(Axe().run(page).response)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"/{path}: scrolls sideways")
        if page.locator("html").get_attribute("lang") not in ("zh-Hans", "en"):
            found.append(f"/{path}: does not say its language")
    context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_phone_the_menu_is_one_line_with_the_current_page_and_opens_by_key(site, browser, lang):
    from tests.browsing import WIDTHS, sign_in

    wide, high = WIDTHS["phone"]
    context = browser.new_context(viewport={"width": wide, "height": high}, java_script_enabled=False)
    page = sign_in(context, site, "receiver", lang)
    page.goto(site.url("work/jinghai-zhenyuan/lists/", lang))
    links, frame = page.locator(".masthead nav a"), page.locator(".masthead nav").bounding_box()
    shown = [link for link in links.all() if link.is_visible()]
    assert frame and frame["height"] < 50 and len(shown) == 1
    assert shown[0].get_attribute("aria-current") == "page"
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert all(link.is_visible() for link in links.all()) and links.count() == 9
    context.close()


def test_on_a_phone_each_proposal_shows_what_to_press(site, browser):
    from tests.browsing import WIDTHS, sign_in

    wide, high = WIDTHS["phone"]
    context = browser.new_context(viewport={"width": wide, "height": high}, java_script_enabled=False)
    page = sign_in(context, site, "receiver", "en")
    page.goto(site.url("work/jinghai-zhenyuan/statements/1/"))
    for card in page.locator("#proposed .cards tbody").all():
        (form, said) = (card.locator("form").bounding_box(), card.bounding_box())
        assert form and said and form["x"] + form["width"] <= wide and said["height"] < high / 1.5
    context.close()


ARTICLE = """2020年，静海区向镇原县安排财政帮扶资金5416万元（约合800万美元），捐赠口罩1.4万只。
静海区选派干部和专业技术人才52名到镇原县。静海区向甘肃派出党政干部34名。镇原县农民人均可支配收入9500元。"""


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_checked_article_is_marked_and_readable(site, browser, width, has_script):
    from axe_playwright_python.sync_playwright import Axe

    from tests.browsing import WIDTHS, follow

    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high}, java_script_enabled=has_script)
    page = context.new_page()
    page.goto(site.url("p/jinghai-zhenyuan/check/"))
    page.fill("textarea[name=text]", ARTICLE)
    page.fill("input[name=as_of]", "2020-09-18")
    follow(page.locator("form button.button-main"))
    signs = page.locator(".checked .mark-sign [aria-hidden]").all_inner_texts()
    assert signs == ["✓", "✓", "✓", "≠", "~", "?"]
    if has_script:
        assert list(_barriers(Axe().run(page).response)) == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.locator(".checked .figure").first.click()
        page.locator(".checked .opening-number").wait_for()
    context.close()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_clerk_corrects_a_reading_and_sends_the_report(site, browser, width):
    from axe_playwright_python.sync_playwright import Axe

    from tests.browsing import WIDTHS, follow, sign_in

    wide, high = WIDTHS[width]
    context = browser.new_context(viewport={"width": wide, "height": high})
    page = sign_in(context, site, "receiver", "zh")
    page.goto(site.url("p/jinghai-zhenyuan/check/", "zh"))
    page.fill("textarea[name=text]", ARTICLE)
    page.fill("input[name=as_of]", "2020-09-18")
    page.locator("details.more summary").click()
    page.fill("textarea[name=earlier]", "2020年，静海区向镇原县安排财政帮扶资金5500万元。")
    follow(page.locator("form button.button-main"))
    assert list(_barriers(Axe().run(page).response)) == []
    for sort in ("docx", "html"):
        with page.expect_download() as download:
            page.click(f"button[name=format][value={sort}]")
        assert download.value.suggested_filename.endswith(f"-zh.{sort}")
    follow(page.locator("table button[name=claim]").first)
    assert list(_barriers(Axe().run(page).response)) == []
    page.fill("input[name=note]", f"{width}")
    page.fill("input[name=value]", f"{wide}")
    follow(page.locator("button[name=keep]"))
    follow(page.locator("main form button.button-main"))
    assert "更正读法）" in page.inner_text("main")
    page.goto(site.url("work/jinghai-zhenyuan/readings/", "zh"))
    assert list(_barriers(Axe().run(page).response)) == []
    follow(page.locator("main td form button").first)
    context.close()


def _barriers(response: dict[str, object]) -> Iterator[str]:
    for violation in response["violations"]:  # type: ignore[attr-defined]
        nodes = "; ".join(str(node["html"])[:120] for node in violation["nodes"][:3])
        yield f"{violation['id']}: {violation['help']} ({nodes})"


def _note_outside(found: list[str], url: str, address: str) -> None:
    if not url.startswith((address, "data:")):
        found.append(f"asks outside: {url}")


def _note_console(found: list[str], message: object) -> None:
    text = message.text  # type: ignore[attr-defined]
    # A page that answers 404 or 409 on purpose is reported by the browser as a failed load of itself.
    if message.type == "error" and "Failed to load resource" not in text:  # type: ignore[attr-defined]
        found.append(f"console: {text}")


def test_the_first_page_is_light(site):
    """A county's line: the portal page with its style and script, as a browser fetches them, stays under 200 kB."""
    import gzip
    import re
    from urllib.request import Request, urlopen

    asked = Request(site.url("p/jinghai-zhenyuan/"), headers={"Accept-Encoding": "gzip"})
    packed = urlopen(asked).read()
    html = gzip.decompress(packed).decode()
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    weight = len(packed) + sum(len(urlopen(site.address + part).read()) for part in parts)
    assert weight < 200_000 and len(html.encode()) < 150_000, f"{weight} bytes: {sorted(parts)}"


def test_a_pdf_that_a_browser_printed_reads_as_it_was_typed(browser: "Browser"):
    words = "2020年，静海区安排镇原县财政帮扶资金5416万元，口罩1.4万只，选派党政干部和专业技术人才113名。" * 3
    told = "Jinghai provided Zhenyuan with 54.16 million yuan ($8 million) in fiscal funds."
    page = browser.new_page()
    page.set_content(f"<html lang=zh><p>{words}</p><p lang=en>{told}</p>")
    content = page.pdf()
    page.close()
    assert words_of_document("a.pdf", content) == f"{words}\n{told}"
