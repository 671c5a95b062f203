"""What a sum of an English text is, where its phrase says it: an amount for one, an investment, a gift and whose."""

import re

from pairbook.analysis.claims.cues import Surroundings
from pairbook.analysis.claims.measured import Measured
from pairbook.analysis.claims.patterns import Phrases, any_of, words_between, words_of
from pairbook.analysis.claims.terms import rows, tree_pattern
from pairbook.analysis.claims.tokens import Number

_SPAN = "(?:year|annum|quarter|month|week|day)(?![a-z])"
_FOR_ONE = re.compile(
    rf"\)?(?: [a-z$'-]+){{0,3}}? (?:each(?! other| {_SPAN})|apiece|per (?!{_SPAN})[a-z-]+|a head"
    rf"|(?:for|to|in) (?:each|every) (?!{_SPAN})[a-z]+)(?![a-z])"
)
_OF_EACH = words_of("each every average")
_OF_ONE = re.compile(
    r"(?<![a-z])(?:each|every) (?!year|month|day|week)[a-z-]+(?: [a-z-]+)? (?:[a-z]+ ){0,7}$"
    r"|(?<![a-z])average of (?:about |some |over |more than |nearly )?$"
)
_GOVERNMENTS = any_of(
    "district city county province prefecture municipality governments? region area bureau commission "
    "committee "
    "ministry authorities town township state sides? parties"
)
_ASSISTING = tree_pattern([row["name"] for row in rows("places")])
_GIVING = any_of(
    "donat[a-z]+ contribut[a-z]+ gave give[sn]? pledg[a-z]+ invest[a-z]* input put pour[a-z]* inject[a-z]*"
)
_GOVERNMENT_GIVES = re.compile(
    rf"(?<![a-z])(?:{_GOVERNMENTS}|{_ASSISTING}),? (?:has |have |had |also |then |jointly |together "
    rf"|[a-z]+ed [^.;]{{0,80}} and )*"
    rf"{_GIVING}(?![a-z])[^.;]{{0,50}}$"
)
_FROM_GOVERNMENT = re.compile(
    r" (?:was |were |came |is )?from (?:the )?(?:[a-z()-]+ ){0,5}governments?(?![a-z])"
    r"| of (?:government|fiscal|public|state) (?:[a-z-]+ )?(?:subsid|fund|money|assistance|grant)[a-z]*"
)
_CITIZENS = any_of(
    "enterprises? compan(?:y|ies) firms? business(?:es)? public residents citizens individuals society donors "
    "charit[a-z]+ foundations? associations? entrepreneurs employees volunteers philanthropists "
    "social_[a-z]+ members holdings? red_cross federations? sector groups? "
    "chambers? clubs? churches unions schools students parents readers"
)
_CITIZENS_GIVE = re.compile(
    rf"(?<![a-z]){_CITIZENS}(?: (?:in|of|from) (?:the )?[a-z' -]{{2,24}}?)?"
    rf",? (?:has |have |had |also |then |there |in [a-z]+ )*"
    r"(?:donat|contribut|gave|given|giving|pledg|rais|chipp|collect)[a-z]*(?: in)?(?! invest)[^.;]{0,40}$"
)
_CHARITY_GIVES = re.compile(
    r"(?<![a-z])(?:red cross|foundations?|charit(?:y|ies)|federations?),? (?:has |have |had |also |will |is to )*"
    r"(?:allocat|offer|provid|grant)[a-z]*[^.;]{0,40}$"
)
_FROM_CITIZENS = re.compile(
    rf"[^.;,\d]{{0,20}} (?:from|by) (?:[a-z'-]+ ){{0,3}}{_CITIZENS}(?! purse| fund| money| sector| budget"
    rf"|[a-z])"
)
_PUBLIC_PURSE = re.compile(
    r"(?<![a-z])(?:governments?|council|finance bureau|treasury)"
    r" (?:has |have |had |also |itself |alone )*(?:contributed|added|provided|allocated|granted"
    r"|put up)(?: [a-z]+){0,3} $"
)
# Donations by enterprises and individuals amount to: the subject of the clause says what the sum is.
_DONATIONS_CAME_TO = re.compile(
    r"(?<![a-z])(?:donations?|charitable gifts)(?: (?:by|from|of) [^.;\d]{3,90})?,?"
    r" (?:has |have |had )?(?:amount(?:s|ed|ing)?|totall?(?:s|ed|ing)?|c[ao]me|comes|st(?:and|ands|ood)|reach(?:es|ed)?"
    r"|exceed(?:s|ed)?|topped|hit|adds?|added|were|are|make|made)(?: up| at| to)?(?: [a-z]+){0,3} $"
)
_NO_GIFT = re.compile(r"(?<![a-z])(?:invest|contract|deal|agreement|loan|bought|purchas|sold|sales)[a-z]*")
_APPEAL = re.compile(
    r"(?<![a-z])(?:appeal|fundrais|collection|charity|raffle|sponsored)[a-z]*(?: [a-z]+){0,2} (?:brought in"
    r"|raised|made)"
)
_INVESTMENTS = words_of("investment investments")
_INVESTMENT_OF = re.compile(
    r"(?<![a-z])(?:with|involving|for|the|at|an?|attracting|bringing|made) (?:an? )?(?:[a-z]+ ){0,2}"
    r"investments?(?: amount| volume| value)? (?:of|totall?ing|worth|amounting to)(?: [a-z]+){0,2} $"
    r"|(?<![a-z])investments? (?:by|from) [^.;,]{2,80} (?:amount(?:s|ed)? to|c[oa]mes? to|st(?:ands|ood) at"
    r"|totall?(?:s|ed)|has reached|reached|exceed(?:s|ed)|topped)(?: [a-z]+){0,2} $"
)
_OF_INVESTMENT = re.compile(
    r"(?: ?\([^)]{0,40}\))?[- ](?:of |in )?(?:[a-z]+ ){0,2}investments?(?! agree| contract| deal)(?![a-z])"
)
_SIGNED = re.compile(r"(?<![a-z])(?:sign|ink|deals?|agree|contract|pledg|plan|intend|promis)[a-z]*")
_ENTERPRISE_INVESTS = re.compile(
    r"(?<![a-z])(?:company|companies|firms?|enterprises?|group|corporation|investors?|conglomerate"
    r"|business(?:es)?"
    r"|manufacturers?|entrepreneurs?|co|ltd)(?: (?:from|in|of|based in) [a-z' -]{2,50}?)?,?"
    r" (?:has |have |had |also |jointly |donated or |will )*(?:(?:promised|agreed|pledged|plan|planned"
    r"|intend|vowed|signed) to )?"
    r"(?:invest|pour|put|plough)[a-z]*(?: [a-z]+){0,5} $"
)
# Companies have set up in the park, investing 730 million yuan in all.
_AND_INVESTING = re.compile(
    r"(?<![a-z])(?:compan(?:y|ies)|firms?|enterprises?|investors?"
    r"|businesses)(?![a-z])[^.;]{0,90}?,? (?:and )?(?:investing|have invested)"
    r"(?: [a-z]+){0,4} $"
)
_THEY_PLAN = re.compile(
    r"(?<![a-z])(?:they|which|it|who|the (?:company|firm|group|latter)) (?:have |has |had |all )?"
    r"(?:plan|intend|agree|promis|pledg|propos|undert)[a-z]* to (?:invest|spend|put in|pour in)(?: [a-z]+){0,3} $"
)
_LED_BY_ENTERPRISE = re.compile(
    r"(?<![a-z])(?:guid|encourag|organi[sz]|introduc|attract|mobili[sz]|lur|help)[a-z]* [^.;]{0,40}"
    r"(?:enterprises?|compan(?:y|ies)|firms?|business(?:es)?|investors?|entrepreneurs)"
)


def money_of(text: str, number: Number, around: Surroundings) -> Measured | None:
    """What a sum is by its phrase; None where its words have to be weighed."""
    begin = max(around.sentence[0], number.start - _REACH)
    words = words_between(text, *around.sentence)
    is_income = around.says("income_head", "wage", "price", "rent", "dividend", "household_income", least=60)
    is_of_one = not _OF_EACH.isdisjoint(words) and _OF_ONE.search(text, begin, number.start)
    if not is_income and (is_of_one or _FOR_ONE.match(text, number.end)):
        return Measured("other:amount-for-one", 60)
    if (
        "worth" in words
        and _WORTH.search(text, begin, number.start)
        and around.says("goods")
        and around.says("give", "send")
    ):
        return Measured("funds.goods_value", 70)
    if _IN_SUBSIDIES.match(text, number.end):
        return Measured("other:subsidy", 70)
    if _IN_GOODS.match(text, number.end):
        return Measured("funds.goods_value", 75)
    if _OF_A_THING.search(text, number.start, number.end + 24):
        return Measured("other:project-cost", 60)
    invested = _investment_of(text, number, around, begin)
    if invested is not None:
        return invested
    if _DONATIONS_CAME_TO.search(text, max(around.sentence[0], number.start - 150), number.start):
        return Measured("funds.social", 80)
    if _FROM_GOVERNMENT.match(text, number.end):
        return Measured("funds.fiscal", 75)
    if _CHARITY_GIVES.search(text, begin, number.start):
        return Measured("funds.social", 80)
    if around.says("fiscal", "goods_value", "sales", "loan", least=75):
        return None
    return _gift_of(text, number, around, begin)


# A 25-million-yuan cold store: what the thing costs.
_OF_A_THING = re.compile(
    r"-(?:yuan|dollars?|euros?)(?= [a-z])(?! (?:[a-z]+ )?(?:worth|fund|loan|grant|aid|donation|gift|contract"
    r"|deal|invest|subsid|allowance|poverty|income|order|package|profit|sale|line|bonus))"
)
_IN_SUBSIDIES = re.compile(
    r"\)?(?: \([^)]{0,30}\))? in (?:[a-z]+ )?(?:subsid|allowance|stipend|scholarship|bonus)[a-z]*"
)
_IN_GOODS = re.compile(r" in (?:relief |donated )?(?:materials|supplies|goods)(?![a-z])")
_REACH = 90
_WORTH = re.compile(
    r"(?:,|\(|[a-z],? (?:all|together|altogether)) worth(?: a total of| about| some| over| more than| nearly)* $"
)
"""What a list of goods is worth, said behind it."""


def _investment_of(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """What enterprises put in or promise to, where the sum is called an investment or an enterprise pays it."""
    start, stop = around.sentence
    part = max(start, text.rfind(";", start, number.start)), text.find(";", number.end, stop)
    is_signed = _SIGNED.search(text, part[0], part[1] if part[1] >= 0 else stop) is not None
    is_public = around.says("fiscal", "government", least=60)
    words = words_between(text, *around.sentence)
    is_called_so = not _INVESTMENTS.isdisjoint(words)
    if is_called_so and not is_public and _INVESTMENT_OF.search(text, begin, number.start):
        is_whole = around.says("project", least=40) and "total investment" in text[begin : number.start]
        return Measured(_PROMISED if is_whole or is_signed else _PAID, 70)
    if around.says("fiscal", "goods_value", "sales", "loan", least=75):
        return None
    invests = _ENTERPRISE_INVESTS.search(text, begin, number.start)
    if invests is not None:
        return Measured(_PROMISED if " to " in invests[0] else _PAID, 75)
    if not is_public and _AND_INVESTING.search(text, max(start, number.start - 140), number.start):
        return Measured(_PAID, 70)
    if is_called_so and not is_public and _OF_INVESTMENT.match(text, number.end):
        return Measured(_PROMISED if is_signed else _PAID, 65)
    return None


def they_plan(text: str, begin: int, number: Number) -> bool:
    """Whether those of whom was spoken plan to invest the sum: they plan to invest 120 million yuan."""
    return _THEY_PLAN.search(text, begin, number.start) is not None


_PLEDGES = Phrases("promised pledged vowed committed undertook", behind="(?: [a-z]+){0,3} $")
_BY_FIRMS = ("enterprise", "landed", "park", "project", "workshop", "invested")
_PROMISED, _PAID = "enterprises.agreed_investment", "enterprises.invested"


def _gift_of(text: str, number: Number, around: Surroundings, begin: int) -> Measured | None:
    """A gift is social unless a government makes it."""
    if _APPEAL.search(text, begin, number.start):
        return Measured("funds.total", 60)
    is_gift = _NO_GIFT.search(text, *around.own) is None
    by_citizens = _CITIZENS_GIVE.search(text, begin, number.start) or _FROM_CITIZENS.match(text, number.end)
    if is_gift and by_citizens:
        return Measured("funds.social", 80)
    wider = max(around.sentence[0], number.start - 120)
    led = _LED_BY_ENTERPRISE.search(text, wider, number.start)
    if led is None and is_gift and _PUBLIC_PURSE.search(text, begin, number.start):
        return Measured("funds.fiscal", 75)
    if led is None and _GOVERNMENT_GIVES.search(text, begin, number.start):
        return Measured("funds.total", 75)
    words = words_between(text, *around.sentence)
    is_pledged = _PLEDGES.search(text, begin, number.start, words) is not None
    if is_gift and led is None and is_pledged and not around.says(*_BY_FIRMS):
        # The district has promised another 30 million yuan: no firm is spoken of.
        return Measured("funds.total", 60)
    return None
