"""The public pages. Every one is complete without scripts and open to everybody; none shows a person."""

from dataclasses import replace
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairbook.bulletins.kept import may_correct
from pairbook.bulletins.reads import check_text
from pairbook.indicators import reads as figures
from pairbook.indicators.conversion import conversion_of
from pairbook.indicators.discretion import Discretion
from pairbook.indicators.measuring import Figure
from pairbook.indicators.opening import open_figure
from pairbook.indicators.rules import QUALIFIERS, Address, unit_words, value_words
from pairbook.indicators.sentences import sentence_of
from pairbook.kernel import clock
from pairbook.kernel.kinds import kind_of, kinds_offering
from pairbook.kernel.money import MINOR_UNITS
from pairbook.kernel.periods import day_of
from pairbook.kernel.problems import Problem, Refusal, Rejected
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import PairingRow, family_ids, pairing_of_code
from pairbook.pairings.reads import programmes as all_programmes
from pairbook.parties.reads import actor_of
from pairbook.portal import reads
from pairbook.portal.becoming import became_of
from pairbook.portal.charts import course_chart, figure_url, published_chart, split_chart
from pairbook.portal.checking import may_check
from pairbook.portal.forms import AskAgainForm, CheckForm, CurrencyForm, DayForm, EntriesForm
from pairbook.portal.kind_pages import campaign_page, kind_page
from pairbook.portal.library import public_library, public_notice, public_project
from pairbook.portal.money import money_told, project_flow
from pairbook.portal.places import list_told, place_told
from pairbook.portal.reports import Report, report_docx, report_of
from pairbook.portal.twinnings import twinnings_told
from pairbook.projects.reads import LibraryFilter, library, project_of_id
from pairbook.register.reads import alike_sums, differences_in, entry_rows, funds_of
from pairbook.register.shapes import NATURES, Record
from pairbook.web.languages import current_lang

_ROWS = 50
# Parts of a figure's page that are no parts of its address.
_OWN_PARAMETERS = ("page", "from", "to", "known_on", "in", "rate", "rate_source", "rate_on")


def _pairing(code: str) -> PairingRow:
    found = pairing_of_code(code)
    if found is None:
        raise Http404
    return found


def _page_number(request: HttpRequest, count: int) -> "tuple[object, int]":
    """The page asked for of a list of `count`, and how many rows lie before it; a page out of range is the last."""
    page = Paginator(range(count), _ROWS).get_page(request.GET.get("page"))
    return page, (page.number - 1) * _ROWS


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes in the book."""
    return render(request, "portal/programmes.html", {"programmes": all_programmes()})


@require_safe
def home(request: HttpRequest, pairing: str) -> HttpResponse:
    """One programme: its year told, as a table, as a line, and what happened lately."""
    found, lang = _pairing(pairing), current_lang()
    form = _day_form(request)
    day = form.day or reads.default_day(found)
    year = reads.year_told(found, day, lang=lang)
    context = {
        "pairing": found,
        "form": form,
        "day": day,
        "year": year,
        "kinds": [one for one, _ in kinds_offering(Record)],
        "campaigns": year.campaigns,
        "charts": [
            course_chart(drawn, lang=lang, key=f"course-{place}") for place, drawn in enumerate(year.drawn)
        ],
        "figure_url": "portal:figure",
        "entry_url": "portal:entry",
    }
    return render(request, "portal/home.html", context)


@require_safe
def kind(request: HttpRequest, pairing: str, kind: str) -> HttpResponse:
    """One kind of assistance: its numbers up to a day, told apart, and how they are counted."""
    found, lang, shown = _pairing(pairing), current_lang(), kind_of(kind)
    if shown is None or shown.offer(Record) is None:
        raise Http404
    form = DayForm(request.GET if "as_of" in request.GET else None, lang=lang)
    day = form.day or reads.default_day(found)
    page = kind_page(found, shown, day)
    context = {
        "pairing": found,
        "form": form,
        "day": day,
        "about": page,
        "kinds": [one for one, _ in kinds_offering(Record)],
        "splits": [
            (split, split_chart(split, lang=lang, key=f"split-{place}") if split.is_drawn else None)
            for place, split in enumerate(page.splits)
        ],
        "figure_url": "portal:figure",
        "entry_url": "portal:entry",
    }
    return render(request, "portal/kind.html", context)


@require_safe
def campaign(request: HttpRequest, pairing: str, campaign: str) -> HttpResponse:
    """A campaign across kinds, from its first entry to now."""
    found = _pairing(pairing)
    shown = campaign_page(found, campaign)
    if shown is None:
        raise Http404
    context = {"pairing": found, "about": shown, "figure_url": "portal:figure", "entry_url": "portal:entry"}
    return render(request, "portal/campaign.html", context)


@require_safe
def figure(request: HttpRequest, address: str) -> HttpResponse:
    """A figure opened: what it says, how it is counted, what stands behind it."""
    given = [(name, value) for name, value in request.GET.items() if value and name not in _OWN_PARAMETERS]
    text = address + (f"?{urlencode(given)}" if given else "")
    try:
        asked = figures.address_of(text)
        form = AskAgainForm(_days_asked(request, asked), lang=current_lang())
        again = form.address(asked)
        if again is not None and again != asked:
            return redirect(figure_url(again))
        return _opened(request, asked, form)
    except Rejected as rejected:
        return _no_figure(request, text, rejected.problems)
    except Refusal as refusal:
        context = {"text": text, "reason": refusal.reason}
        return render(request, "portal/figure_refused.html", context, status=409)


def _days_asked(request: HttpRequest, address: Address) -> dict[str, object]:
    """The days of the form, where it was sent; else those of the address."""
    if any(name in request.GET for name in ("from", "to", "known_on")):
        return {name: request.GET.get(name, "") for name in ("from", "to", "known_on")}
    known = address.known_at
    return {
        "from": address.start or "",
        "to": address.end or "",
        "known_on": day_of(known) if known else "",
    }


def _opened(request: HttpRequest, address: Address, form: AskAgainForm) -> HttpResponse:
    number = request.GET.get("page", "1")
    asked = int(number) if number.isascii() and number.isdigit() and 0 < len(number) < 7 else 1
    opened = open_figure(address, limit=_ROWS, offset=(asked - 1) * _ROWS)
    page, before = _page_number(request, opened.listed)
    if before != opened.offset:
        opened = open_figure(address, limit=_ROWS, offset=before)
    eye = Discretion(opened.scope)
    opened = eye.opened(opened)
    context = {
        "cell_limit": eye.limit,
        "opened": opened,
        "figure": opened.figure,
        "page": page,
        "form": form,
        "pairing": opened.scope.pairing,
        "figure_url": "portal:figure",
        "entry_url": "portal:entry",
    }
    is_part = bool(getattr(request, "htmx", False))
    if not is_part and opened.figure.unit in MINOR_UNITS:
        context["other_currency"] = _in_another_currency(request, opened.figure)
    template = "indicators/_opening.html" if is_part else "portal/figure.html"
    return render(request, template, context | {"is_part": is_part})


def _in_another_currency(request: HttpRequest, figure: Figure) -> dict[str, object]:
    """The form that asks for another currency, and the amount in it where it was asked for."""
    sent = request.GET if request.GET.get("in") else None
    form = CurrencyForm(sent, unit=figure.unit, lang=current_lang())
    asked = form.asked
    if asked is None:
        return {"form": form}
    try:
        amount = conversion_of(figure.value, unit=figure.unit, day=figure.last, asked=asked)
    except Rejected as rejected:
        return {"form": form, "problems": rejected.problems}
    return {"form": form, "amount": amount}


def _no_figure(request: HttpRequest, text: str, problems: list[Problem]) -> HttpResponse:
    """Everything wrong with an address; 404 where its scope is not in the book, else 400."""
    status = 404 if any(problem.code == "address.scope" for problem in problems) else 400
    context = {"text": text, "problems": problems}
    return render(request, "portal/figure_refused.html", context, status=status)


@require_safe
def figure_sum(request: HttpRequest, pairing: str) -> HttpResponse:
    """What several figures come to together, or why they do not add up."""
    found = _pairing(pairing)
    texts = request.GET.getlist("a")
    context: dict[str, object] = {
        "pairing": found,
        "figure_url": "portal:figure",
        "back": request.GET.get("as_of"),
    }
    status = 200
    try:
        addresses = [figures.address_of(text) for text in texts]
        held = figures.figures(addresses)
        eyes = {one.address.scope: Discretion(figures.scope_of(one.address.scope)) for one in held}
        held = [eyes[one.address.scope].figure(one) for one in held]
        context["parts"] = [
            (sentence_of(one.address, figures.scope_of(one.address.scope)), one) for one in held
        ]
        if addresses and not any(one.withheld for one in held):
            value, unit, _ = figures.sum_of(addresses)
            context |= {"value": value, "words": value_words(value, unit), "unit": unit_words(value, unit)}
    except Rejected as rejected:
        context["problems"], status = rejected.problems, 400
    except Refusal as refusal:
        context["reason"], status = refusal.reason, 409
    return render(request, "portal/sum.html", context, status=status)


@require_safe
def published(request: HttpRequest, pairing: str) -> HttpResponse:
    """What was published about a programme, held against the book."""
    found = _pairing(pairing)
    scope = figures.scope_of(found.code)
    eye = Discretion(scope)
    rows = [
        (row, QUALIFIERS[row.qualifier], value_words(row.value, row.unit))
        for row in (
            replace(row, figure=eye.figure(row.figure))
            for row in figures.published_rows(found.id, scope=scope)
        )
    ]
    context = {
        "pairing": found,
        "rows": rows,
        "holding": sum(row.holds for row, _, _ in rows),
        "figure_url": "portal:figure",
    }
    return render(request, "portal/published.html", context)


@require_safe
def entries(request: HttpRequest, pairing: str) -> HttpResponse:
    """The entries of a programme, filtered, with what alike ones add up to."""
    found = _pairing(pairing)
    family = tuple(family_ids(found.id))
    open_projects = library(LibraryFilter(pairing_ids=family, is_open=True))
    form = EntriesForm(
        request.GET,
        lang=current_lang(),
        projects={str(row.id): row.name for row in open_projects},
        funds={str(one.id): one.name for one in funds_of(family)},
    )
    wanted = form.wanted(family)
    eye = Discretion(figures.scope_of(found.code))
    sums = [eye.sum(one) for one in alike_sums(wanted)]
    differences = eye.rows(differences_in(wanted))
    page, before = _page_number(request, sum(one.entries for one in sums) + len(differences))
    context = {
        "pairing": found,
        "form": form,
        "page": page,
        "entries": eye.rows(entry_rows(wanted, limit=_ROWS, offset=before)),
        "sums": sums,
        "differences": differences,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "party": form.party,
        "entry_url": "portal:entry",
    }
    return render(request, "portal/entries.html", context)


@require_safe
def entry(request: HttpRequest, pairing: str, entry_id: int) -> HttpResponse:
    """One entry as a voucher, as far as the public may see it."""
    opened = reads.entry_of_public(pairing, entry_id)
    if opened is None:
        raise Http404
    found = _pairing(pairing)
    context = {
        "pairing": found,
        "opened": opened,
        "entry_url": "portal:entry",
        "project_url": _project_address(opened.state.facts.project_id),
        "became": became_of(found, entry_id) if opened.counts_in_figures else None,
    }
    return render(request, "portal/entry.html", context)


def _project_address(project_id: int | None) -> str:
    """The public page of a project; empty where there is none, or nobody outside may see it yet."""
    key = project_of_id(project_id) if project_id else None
    if key is None or not any(
        row.id == key.id for row in library(LibraryFilter(pairing_ids=(key.pairing_id,), is_open=True))
    ):
        return ""
    return reverse("portal:project", args=[key.pairing_code, key.code])


@require_safe
def projects(request: HttpRequest, pairing: str) -> HttpResponse:
    """The projects of a programme: what, where, how far, how much planned and spent."""
    found = _pairing(pairing)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    context = {"pairing": found, "library": public_library(found, year), "year": year}
    return render(request, "portal/projects.html", context)


@require_safe
def project(request: HttpRequest, pairing: str, code: str) -> HttpResponse:
    """One project: what and where, how far, its money, goals with results, notices, assets."""
    found = _pairing(pairing)
    shown = public_project(found, code)
    if shown is None:
        raise Http404
    context = {
        "pairing": found,
        "page": shown,
        "opened": shown.opened,
        "shown": shown.opened.version,
        "flow": project_flow(found, shown.opened.id, lang=current_lang()),
    }
    return render(request, "portal/project.html", context)


@require_safe
def notice(request: HttpRequest, pairing: str, notice_id: int) -> HttpResponse:
    """A notice with the project's money as it was published, and as the book has it now."""
    found = _pairing(pairing)
    shown = public_notice(found, notice_id)
    if shown is None:
        raise Http404
    context = {
        "pairing": found,
        "page": shown,
        "notice": shown.notice,
        "opened": shown.opened,
        "version": shown.opened.version,
    }
    return render(request, "portal/notice.html", context)


@require_safe
def money(request: HttpRequest, pairing: str) -> HttpResponse:
    """Follow the money: who gave, what became of it, what is left, down to the entries."""
    found, lang = _pairing(pairing), current_lang()
    form = _day_form(request)
    day = form.day or reads.default_day(found)
    of = request.GET.get("of", "")
    told = money_told(found, day, of=of, lang=lang)
    context = {
        "pairing": found,
        "form": form,
        "day": day,
        "of": of,
        "told": told,
        "natures": NATURES,
        "funds": [one for one in told.funds if one.currency == "CNY"],
    }
    return render(request, "portal/money.html", context)


@require_safe
def pairing_tree(request: HttpRequest, pairing: str) -> HttpResponse:
    """The pairs below a programme on a day: what they come to, and each level's pairs."""
    found = _pairing(pairing)
    form = _day_form(request)
    day = form.day or reads.default_day(found)
    context = {"pairing": found, "form": form, "day": day, "told": twinnings_told(found, day)}
    return render(request, "portal/pairing_tree.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pairing: str) -> HttpResponse:
    """An article held against the book, figure by figure. What is pasted is not kept."""
    found = _pairing(pairing)
    if request.method != "POST":
        return _check_page(request, found, CheckForm(lang=current_lang()))
    return _check_page(request, found, *_report(request, found))


@require_POST
def check_report(request: HttpRequest, pairing: str) -> HttpResponse:
    """The report on a checked article as a file: a page that needs nothing else, or a Word document."""
    found, lang = _pairing(pairing), current_lang()
    form, report = _report(request, found)
    if report is None:
        return _check_page(request, found, form, report)
    name = f"{found.code}-{report.day.isoformat()}-{lang}"
    if request.POST.get("format") == "docx":
        sides = _sides(found)
        content = report_docx(
            report,
            sides=sides,
            link=lambda address: _link(request, address),
            lang=lang,
            is_sample=found.is_sample,
        )
        return _download(content, f"{name}.docx", DOCX)
    # A file lies anywhere, so its links name this site.
    site = request.build_absolute_uri("/").rstrip("/")
    context = {"pairing": found, "report": report, "site": site, "figure_url": "portal:figure"}
    page = render_to_string("portal/check_report.html", context, request)
    return _download(page.encode(), f"{name}.html", "text/html; charset=utf-8")


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _report(request: HttpRequest, found: PairingRow) -> tuple[CheckForm, Report | None]:
    """The form as sent, and the report on its text; none where something is wrong or it is asked too often."""
    form = CheckForm(request.POST, request.FILES, lang=current_lang())
    if not may_check(request.META.get("REMOTE_ADDR", "")):
        form.is_too_often = True
        return form, None
    if not form.is_valid():
        return form, None
    day = form.cleaned_data["as_of"] or reads.default_day(found)
    text = form.cleaned_data["text"]
    checked = check_text(text, pairing_code=found.code, published=day, is_public=True, against=form.against)
    return form, report_of(checked, day)


def _check_page(
    request: HttpRequest, found: PairingRow, form: CheckForm, report: Report | None = None
) -> HttpResponse:
    context = {
        "pairing": found,
        "form": form,
        "report": report,
        "checked": report.checked if report else None,
        "may_correct": report is not None and may_correct(actor_of(request.user.pk), found.id),
        "figure_url": "portal:figure",
    }
    return render(request, "portal/check.html", context, status=429 if form.is_too_often else 200)


def _sides(found: PairingRow) -> Text:
    one, other = found.assisting, found.assisted
    return Text(f"{one.zh} — {other.zh}", f"{one.en} — {other.en}")


def _link(request: HttpRequest, address: Address) -> str:
    return request.build_absolute_uri(figure_url(address))


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A place: what it lies in, its standing on lists, what was published of it, its pairings."""
    told = place_told(code)
    if told is None:
        raise Http404
    lang = current_lang()
    charts = [published_chart(course, lang=lang, key=f"course-{n}") for n, course in enumerate(told.courses)]
    return render(request, "portal/place.html", {"told": told, "charts": charts})


@require_safe
def place_list(request: HttpRequest, code: str, list_code: str) -> HttpResponse:
    """The places of a list inside a place on a day, by province."""
    form = _day_form(request)
    day = form.day or clock.today()
    told = list_told(code, list_code, day)
    if told is None:
        raise Http404
    return render(request, "portal/place_list.html", {"told": told, "form": form, "day": day})


def _day_form(request: HttpRequest) -> DayForm:
    return DayForm(request.GET if "as_of" in request.GET else None, lang=current_lang())
