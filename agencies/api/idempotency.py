"""The header by which a program may send twice and still have sent once."""

import re

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import APIException
from rest_framework.request import Request

HEADER = "Idempotency-Key"
LONGEST = 64
ALLOWED = re.compile(r"[A-Za-z0-9._:-]+")
PARAMETER = OpenApiParameter(
    HEADER,
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="Made by the sender for each appeal, a UUID at best: the same key and content give the same appeal.",
)


class BadKey(APIException):
    status_code = 400
    default_code = "idempotency_key"


def key_of(request: Request) -> str:
    """The key that the sender made; raises `BadKey` where it is none."""
    key = request.headers.get(HEADER, "")
    if not key:
        raise BadKey(_("Send the header Idempotency-Key with a value of your own for each appeal, such as a UUID."))
    if len(key) > LONGEST:
        raise BadKey(_("The Idempotency-Key has at most %(n)s characters.") % {"n": LONGEST})
    if not ALLOWED.fullmatch(key):
        raise BadKey(_("The Idempotency-Key has Latin letters, digits and . _ : - only."))
    return key
