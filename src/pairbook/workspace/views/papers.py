"""Papers: attaching one to an entry, and handing its content to those who may see one of its entries."""

from itertools import chain

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from pairbook.kernel.access import Actor, may_see, must
from pairbook.kernel.actions import read_upload
from pairbook.kernel.problems import Problem, Rejected
from pairbook.kernel.reads import evidence_content
from pairbook.kernel.rules import MEDIA_SUFFIXES
from pairbook.kernel.texts import Text
from pairbook.pairings.reads import standing_in
from pairbook.projects.reads import ProjectKey, projects_with_paper
from pairbook.register.actions import attach_paper
from pairbook.register.known import entry_state, stage_of
from pairbook.register.reads import OTHER_PAPER, entries_with_paper
from pairbook.workspace.forms.entries import PaperForm
from pairbook.workspace.rules import PAPER, PAPER_SORT
from pairbook.workspace.views.acting import acting, page, sent_form, words
from pairbook.workspace.views.entries import entry_address, entry_at_hand


@require_http_methods(["GET", "POST"])
@acting
def entry_attach(request: HttpRequest, actor: Actor, pairing: str, entry_id: int) -> HttpResponse:
    """Attach a paper to an entry, as one of the sorts its stage expects or as another paper."""
    at_hand = entry_at_hand(actor, pairing, entry_id)
    must(at_hand.desk.may("entry.attach"), "entry.attach")
    row = at_hand.opened.row
    papers = (*stage_of(row.kind, row.stage).papers, OTHER_PAPER)
    missing = row.papers_missing[0].code if row.papers_missing else papers[0].code
    form = PaperForm(
        sent_form(request), request.FILES or None, papers=papers, initial={"paper_sort": missing}
    )
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            content = read_upload(form.cleaned_data["paper"])
            attach_paper(entry_id, content=content, sort=form.cleaned_data["paper_sort"], by=actor)
        except Rejected as rejected:
            problems = _placed(form, rejected.problems)
        else:
            messages.success(request, words(Text("材料已附上。", "The paper is attached.")))
            return redirect(entry_address(pairing, entry_id))
    context = {"hand": at_hand, "row": row, "form": form}
    return page(request, actor, "entry_attach", context, desk=at_hand.desk, problems=problems)


def _placed(form: PaperForm, problems: list[Problem]) -> list[Problem]:
    names = {PAPER: "paper", PAPER_SORT: "paper_sort"}
    unplaced = []
    for problem in problems:
        if name := names.get(problem.place):
            form.add_error(name, words(problem.cure))
        else:
            unplaced.append(problem)
    return unplaced


@require_GET
@acting
def paper(request: HttpRequest, actor: Actor, digest: str) -> HttpResponse:
    """The content of a paper, as a download under a name of ours, for those who may see what it is attached to."""
    entry_ids, projects = entries_with_paper(digest), projects_with_paper(digest)
    if not entry_ids and not projects:
        raise Http404
    entries = (str(number) for number in entry_ids if _may_see_entry(actor, number))
    codes = (key.code for key in projects if _may_see_project(actor, key))
    seen = next(chain(entries, codes), None)
    must(seen is not None, "paper.read")
    content, media_type = evidence_content(digest)
    name = f"pairbook-{seen}-{digest[:12]}.{MEDIA_SUFFIXES[media_type]}"
    return HttpResponse(
        content,
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            # Should a browser show it after all, it shows it without scripts, forms or an origin of ours.
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def _may_see_entry(actor: Actor, entry_id: int) -> bool:
    state = entry_state(entry_id)
    if state is None:
        return False
    return may_see(standing_in(state.facts.pairing_id, actor), organisation_ids=state.organisation_ids)


def _may_see_project(actor: Actor, key: ProjectKey) -> bool:
    standing = standing_in(key.pairing_id, actor)
    return may_see(standing, organisation_ids=key.organisation_ids)
