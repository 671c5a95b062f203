"""Readings of checked texts: correcting one, the list of those kept, and test cases made of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pairbook.bulletins.actions import CorrectionDraft, correct_reading, take_back_reading
from pairbook.bulletins.kept import Number, correction_cases, corrections_kept, number_of
from pairbook.kernel.access import Actor, must
from pairbook.kernel.problems import Rejected
from pairbook.kernel.texts import Text
from pairbook.workspace.forms.readings import ReadingForm, TextForm, initial_of
from pairbook.workspace.views.acting import Desk, acting, desk_of, page, words


@require_GET
@acting
def reading_list(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The corrections in force, with their sentences."""
    desk = desk_of(actor, pairing)
    context = {"rows": corrections_kept(desk.pairing.id), "may_correct": desk.may("reading.correct")}
    return page(request, actor, "reading_list", context, desk=desk)


@require_GET
@acting
def reading_cases(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """The corrections as annotated texts, in YAML."""
    desk = desk_of(actor, pairing)
    response = HttpResponse(
        correction_cases(corrections_kept(desk.pairing.id)), content_type="application/yaml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{desk.pairing.code}-corrections.yaml"'
    return response


@require_http_methods(["GET", "POST"])
@acting
def reading_correct(request: HttpRequest, actor: Actor, pairing: str) -> HttpResponse:
    """Look at one number of a checked text, and keep how it is to be read.

    The text comes along with the form and is not kept; asked for without one, the page leads to the list.
    """
    desk = desk_of(actor, pairing, "reading.correct")
    sent = TextForm(request.POST)
    if request.method == "GET" or not sent.is_valid():
        return redirect(reverse("workspace:reading_list", args=[pairing]))
    number = _number(sent, desk)
    is_kept, problems = False, []
    if "keep" not in request.POST:
        form = ReadingForm(initial={**sent.cleaned_data, **initial_of(number.counts)})
    else:
        form = ReadingForm(request.POST)
        if form.is_valid():
            try:
                correct_reading(_draft(form, sent, number), pairing_id=desk.pairing.id, by=actor)
                is_kept = True
            except Rejected as rejected:
                problems = form.place_problems(rejected.problems)
    context = {"form": form, "number": number, "sent": sent.cleaned_data, "is_kept": is_kept}
    return page(request, actor, "reading_correct", context, desk=desk, problems=problems)


def _number(sent: TextForm, desk: Desk) -> Number:
    held = sent.cleaned_data
    number = number_of(held["text"], held["claim"], pairing_id=desk.pairing.id, published=held["published"])
    if number is None:
        raise Http404
    return number


def _draft(form: ReadingForm, sent: TextForm, number: Number) -> CorrectionDraft:
    return CorrectionDraft(
        place=number.place,
        lang=number.lang,
        published_on=sent.cleaned_data["published"],
        was=number.found,
        now=form.reading,
        note=form.cleaned_data["note"],
    )


@require_POST
@acting
def reading_take_back(request: HttpRequest, actor: Actor, pairing: str, correction_id: int) -> HttpResponse:
    """Let the program's own reading count again."""
    desk = desk_of(actor, pairing, "reading.correct")
    known = {row.id for row in corrections_kept(desk.pairing.id)}
    if correction_id not in known:
        raise Http404
    must(desk.may("reading.correct"), "reading.correct")
    take_back_reading(correction_id, by=actor)
    messages.success(request, words(Text("已撤回这条更正。", "The correction is taken back.")))
    return redirect(reverse("workspace:reading_list", args=[pairing]))
