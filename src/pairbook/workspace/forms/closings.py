"""The form behind the button that signs a month: which month, and which statement was shown."""

from django import forms

from pairbook.workspace.forms.fields import PlainForm


class SignMonthForm(PlainForm):
    """A month by its first day, and the digest of what stood on the page."""

    month = forms.DateField(widget=forms.HiddenInput)
    statement = forms.RegexField(r"[0-9a-f]{64}\Z", widget=forms.HiddenInput)
