"""What a Chinese heading or the words that open a paragraph say of all the numbers under them: 五、下半年打算。"""

import re
from dataclasses import dataclass

from pairbook.analysis.claims.shapes import Modality

_OPENING_MAX = 24
_INTENT = re.compile(
    "(?:(?P<target>目标|任务|(?:任务|协议|目标|计划)指标|任务清单)|(?P<planned>打算|计划|安排|思路|工作重点|下一步工作|下步工作|下一阶段工作))(?:如下|是)?[:：。\\s]*$"
)
_SENTENCE_MARK = re.compile("[。！？!?；;，,]")
_SO_FAR = re.compile("进展|完成|落实|执行|情况|总结|回顾")
_INTENTS: dict[str, Modality] = {"target": "target", "planned": "planned"}


@dataclass(slots=True)
class Intent:
    """The modality that holds where the sentence itself says none."""

    heading: Modality | None = None
    opening: Modality | None = None

    @property
    def modality(self) -> Modality:
        """What holds now."""
        return self.opening or self.heading or "done"

    def begin_paragraph(self) -> None:
        """What opened the paragraph before is over."""
        self.opening = None

    def take(self, text: str, start: int, end: int) -> None:
        """Read a sentence without numbers of its own: a heading on its own line, or the opening of a paragraph."""
        opens = start == 0 or text[start - 1] == "\n"
        if not opens or end - start > _OPENING_MAX:
            return
        found = None if _SO_FAR.search(text, start, end) else _INTENT.search(text, start, end)
        said = None if found is None else _INTENTS[found.lastgroup or "planned"]
        if text[end - 1] == "\n" and _SENTENCE_MARK.search(text, start, end) is None:
            self.heading = said
        else:
            self.opening = said
