"""Tables of users, evidence and the audit trail."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. What they may do comes from their posts (`parties.Post`), not from here."""

    display_name = models.CharField(max_length=80, blank=True)
    is_sample = models.BooleanField(default=False)


class Evidence(models.Model):
    """A paper's content, known by its SHA-256; the bytes lie in the evidence store under that name alone."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    bytes_count = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "evidence"


class AuditEvent(models.Model):
    """One write in the book: who did what to what, when. Never changed; triggers refuse it on both databases."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    # Canonical JSON (sorted keys, no blanks), stored as text so that a seal over it costs no re-encoding.
    body = models.TextField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["subject"], name="audit_subject")]


class ParameterValue(models.Model):
    """A threshold set anew: what it is from a day on, and the document that says so. A newer row counts."""

    code = models.CharField(max_length=60)
    value = models.PositiveIntegerField()
    valid_from = models.DateField()
    source = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)

    class Meta:
        indexes = [models.Index(fields=["code", "valid_from"], name="parameter_code")]
