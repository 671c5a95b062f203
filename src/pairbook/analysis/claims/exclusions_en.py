"""English numerals that count nothing: ordinals, numbers of documents and rooms, telephones, ages, durations.

Each group of PATTERN is named for the reason; the name comes back as `why_not`. A group `<reason>_digits` is the
numeral alone where the pattern needs the word before it.
"""

from pairbook.analysis.claims.numerals import ORDINALS_EN
from pairbook.analysis.claims.patterns import any_of, named

# Possessive: no numeral is tried again in part when the word behind it is another one.
DIGITS = r"(?:\d{1,3}(?:[,，] ?\d{3})++(?!\d)|\d{1,3}(?: 000)++(?!\d)|\d++)(?:\.\d++)?"
ONES = "one|two|three|four|five|six|seven|eight|nine"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
SMALL = rf"(?:(?:{TENS})(?:[ -](?:{ONES}))?|{TEENS}|{ONES})"
_HUNDREDS = rf"(?:(?:{SMALL}|an?|half a) hundred(?: and)?(?: {SMALL})?|{SMALL})"
_GROUP = "(?:thousand|million|billion|trillion)"
WORDS = (
    rf"(?:(?:(?:{_HUNDREDS}|an?|half an?)[ -]{_GROUP}(?:,? (?:and )?)?)+"
    rf"(?:{_HUNDREDS}(?![ -](?:{_GROUP})))?|{_HUNDREDS})"
)

NUMBERED_WORDS = (
    "article articles chapter section clause decree page room route highway line flight gate building floor",
    "version phase batch lot annex appendix table figure item step platform document order act level grade",
    "photo picture image slide caption class channel bus box file paragraph tier number exit junction terminal",
)
DIALLED_WORDS = "dial call phone tel telephone hotline fax postcode zip_code wechat qq"
_MEASURED = r"(?![\d,]*\d| ?(?:percent|million|billion|yuan|mu|%))"
_LENGTHS = any_of("years? months? weeks? days? hours? minutes? seconds? decades? centur(?:y|ies) nights?")
_LENGTH_LINKS = any_of("calendar_ working_ business_ consecutive_ full_ long_ more_")

PATTERN = "|".join(
    (
        named(
            "list_mark",
            r"(?:(?<=\n)|(?<=\n )|(?<![\s\S]))\(?(?:\d{1,2}|[ivx]{1,4})[.)](?=\s)",
            r"\(\d\)(?=\s)",
            "[①-⑳]",
        ),
        named(
            "ordinal",
            r"\d+(?:st|nd|rd|th)(?![a-z])",
            rf"(?:(?:{TENS})-)?(?:{'|'.join(ORDINALS_EN)})(?![a-z])",
        ),
        named("law", r"[\[〔(](?:19|20)\d\d[\]〕)](?: ?no\.? ?\d+)?", first=r"\[〔("),
        named(
            "numbered",
            r"(?!(?:building|order) \d[\d,]* [a-z])"
            rf"(?:nos?\.? ?|[№#] ?|{any_of(*NUMBERED_WORDS)} )(?P<numbered_digits>\d[\d-]*(?:\.\d+)*){_MEASURED}",
            first=r"acdefghilnprstbvoju№#p",
        ),
        named(
            "phone",
            r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)",
            r"(?:\+\d{1,3}[- ]?)?\(?0\d{2,3}\)?[- ]?\d{3,4}[- ]?\d{4}(?!\d)",
            r"\+\d{1,3}[- ]\d[\d -]{5,12}\d",
            r"(?:400|800)[- ]\d{3,4}[- ]\d{3,4}(?!\d)",
            first=r"\d(+",
        ),
        named(
            "dialled",
            rf"{any_of(DIALLED_WORDS)}(?: number| group)?[.:]? ?(?:on |at |is "
            rf")?(?P<dialled_digits>\+?\d[\d -]{{2,16}}\d)",
            first=r"dcptohfwzq",
        ),
        named(
            "clock",
            r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?: ?[ap](?:\.m\.|m(?![a-z])))?",
            r"\d{1,2}(?:\.\d\d)? ?[ap](?:\.m\.|m(?![a-z]))",
            r"\d{1,2} o'clock",
            first=r"\d",
        ),
        named(
            "code",
            r"(?<![\d.,$])\d+(?:g|d|s|a|x)(?![a-z\d])",
            # A number of shares on a list, a line of 10 kV: digits that count nothing.
            r"(?<![\d.,$])0\d{2,}(?![\d.,]*\d)",
            r"\d+(?:\.\d+)?[ -]?k(?:v|ilovolts?)(?![a-z])",
            first=r"\d",
        ),
        named(
            "address",
            r"\d+(?= (?!(?:km|kilomet|met(?:er|re)s|miles))(?:(?!of )[a-z]+ ){1,3}"
            r"(?:road|street|avenue|lane|boulevard)(?![a-z]))",
            first=r"\d",
        ),
        named(
            "formula",
            r"\d+:\d+(?![\d:])",
            r"\d+(?:\+[\dnx])+(?!\d*[%.])",
            "24/7",
            "50-50",
            "9/11",
            r"\d+ ?x ?\d+(?! ?\d)",
            first=r"\d",
        ),
        named(
            "age",
            r"\d{1,3}[- ]year[- ]olds?",
            r"(?:aged|age|ages) (?:between )?\d{1,3}(?![\d,.]*\d)(?:(?: ?- ?| to | and )\d{1,3})?(?: and "
            r"(?:above|over|under))?",
            r"(?<=[a-z], )[1-9]\d(?=, [a-z]|\.\s|\.$)",
            r"(?<=, now )[1-9]\d(?=,)",
            first=r"\da",
        ),
        named(
            "duration",
            rf"(?<![.,])(?:{DIGITS}|(?=[a-z])(?:{WORDS}|a dozen|half a dozen))[ -](?:and a half )?{_LENGTH_LINKS}?"
            rf"{_LENGTHS}(?:-long|-old)?(?![a-z])(?! on year)",
        ),
        # The "five lanterns for every lane" project: what is called so is a name whatever it holds.
        named(
            "called",
            r'"(?P<called_digits>(?=[a-z]*\d|(?:two|three|four|five|six|seven|eight|nine|ten)(?![a-z]))[^",.\n]{4,60}(?="'
            r" (?:project|program|programme|campaign|action|plan|initiative|scheme|strategy|activity)(?![a-z])))",
            first='"',
        ),
        # "10,000 firms help 10,000 villages": short, in quotes, beginning with no amount.
        named(
            "quoted",
            r'"(?P<quoted_digits>(?=[^"\n]{0,40}(?:\d|(?<![a-z])(?:two|three|four|five|six|seven|eight|nine|ten)(?![a-z])))'
            r'(?![^"]*(?:percent|yuan|million|%|people|households))[^",.\n]{2,44}(?="))',
            first='"',
        ),
    )
)
