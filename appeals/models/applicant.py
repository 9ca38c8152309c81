"""Who appeals. Everything that names the person is sealed; only digests can be searched."""

from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from appeals.enums import ApplicantType
from appeals.models.sealed import Sealed, digest, digests


class ApplicantQuerySet(models.QuerySet):
    def known_by(self, value: str) -> Self:
        """Whose IIN or BIN, e-mail, phone or full name is exactly `value`, case and spacing apart."""
        found = models.Q()
        for purpose in ("idn", "email", "phone", "name"):
            found |= models.Q(**{f"{purpose}_digest__in": digests(purpose, value)})
        return self.filter(found)


class Applicant(Sealed):
    """The person or firm behind one appeal, with the contacts given for it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    type = models.CharField(_("type"), max_length=8, choices=ApplicantType.choices)
    language = models.CharField(_("language of notices"), max_length=2, choices=settings.LANGUAGES)
    has_email = models.BooleanField(_("can be told by e-mail"), default=False)
    idn_digest = models.BinaryField(max_length=32, default=b"", db_index=True, editable=False)
    email_digest = models.BinaryField(max_length=32, default=b"", db_index=True, editable=False)
    phone_digest = models.BinaryField(max_length=32, default=b"", db_index=True, editable=False)
    name_digest = models.BinaryField(max_length=32, default=b"", db_index=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="applicants"
    )

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = _("applicant")
        verbose_name_plural = _("applicants")

    def seal(self, value: dict[str, str]) -> None:
        """Seal the details (name, idn, email, phone, address) and set the digests they are found by."""
        super().seal(value)
        self.has_email = bool(value.get("email"))
        for purpose in ("idn", "email", "phone", "name"):
            setattr(self, f"{purpose}_digest", digest(purpose, value.get(purpose, "")))

    @property
    def is_unreachable(self) -> bool:
        """Whether neither e-mail nor address was given: she reads what becomes of the appeal with her key."""
        return not self.has_email and not self.unseal().get("address")

    def __str__(self) -> str:
        return f"{self.get_type_display()} {str(self.pk)[:8]}"
