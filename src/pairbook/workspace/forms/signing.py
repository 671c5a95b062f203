"""The sign-in form."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from pairbook.kernel.texts import Text
from pairbook.web.languages import current_lang

_WRONG = Text(
    "用户名或密码不对。请核对大小写；忘记密码请找管理员。",
    "The user name or the password is wrong. Check capitals; if you forgot the password, ask the administrator.",
)


class SignInForm(AuthenticationForm):
    """User name and password, asked in the page's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.label_suffix = ""
        self.use_required_attribute = False
        self.fields["username"].label = Text("用户名", "User name").in_(lang)
        self.fields["password"].label = Text("密码", "Password").in_(lang)

    def get_invalid_login_error(self) -> forms.ValidationError:
        """One answer for a wrong name and a wrong password, so that names cannot be guessed."""
        return forms.ValidationError(_WRONG.in_(current_lang()), code="invalid_login")
