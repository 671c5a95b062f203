"""The form that uploads a workbook."""

from typing import Any

from django import forms

from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang
from pairbook.workspace.forms.fields import PlainForm


class WorkbookForm(PlainForm):
    """An Excel workbook to import."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.fields["workbook"] = forms.FileField(
            label=Text("工作簿", "Workbook").in_(lang),
            help_text=Text("Excel 文件（.xlsx），不超过 20 MB", "an Excel file (.xlsx), at most 20 MB").in_(
                lang
            ),
            allow_empty_file=True,
            error_messages={"required": Text("请选择文件。", "Choose a file.").in_(lang)},
            widget=forms.FileInput(
                attrs={"accept": ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
            ),
        )
