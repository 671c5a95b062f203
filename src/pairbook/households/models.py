"""The roster: persons known by a keyed token, what tells who they are sealed."""

from django.db import models
from django.db.models import Q

from pairbook.households.rules import TOKEN_BASES
from pairbook.parties.models import Party


class Person(models.Model):
    """A person some entry is about. Never removed; triggers also keep the token and when the person was recorded."""

    # HMAC of the identity number or, where none is known, of name and household; `token_basis` says which.
    token = models.CharField(max_length=64, unique=True)
    token_basis = models.CharField(
        max_length=20, choices=[(code, label.en) for code, label in TOKEN_BASES.items()]
    )
    # HMAC of name and household, of everybody whose household is known: by this a list without identity numbers finds
    # those that another list gave with theirs.
    name_token = models.CharField(max_length=64, null=True)
    # Persons of one household share it. Null where the household is not known.
    household_token = models.CharField(max_length=64, null=True)
    token_key_id = models.CharField(max_length=16)

    # Base64 of nonce and AES-256-GCM cipher text, also of what is not known.
    sealed_name = models.TextField()
    sealed_phone = models.TextField()
    sealed_id_number = models.TextField()
    key_id = models.CharField(max_length=16)

    # On the register of poor households, or formerly on it: once true, it stays so.
    is_registered_poor = models.BooleanField(default=False)
    place = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    is_sample = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["name_token"], name="person_name_token"),
            models.Index(fields=["household_token"], name="person_household"),
        ]
        constraints = [
            models.CheckConstraint(
                # Who has no identity number is known by name and household; one without either is nobody.
                condition=Q(token_basis="identity_number") | Q(household_token__isnull=False),
                name="person_has_a_basis",
            )
        ]
