"""Signing in and out. Too many tries are stopped by django-axes, which shows the page 429."""

from django.contrib.auth.views import LoginView, LogoutView

from pairbook.workspace.forms.signing import SignInForm

sign_in = LoginView.as_view(
    template_name="workspace/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
# By POST only: a link or a picture on some other page must not sign anybody out.
sign_out = LogoutView.as_view(http_method_names=["post", "options"])
