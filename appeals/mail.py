"""The way out for letters: Django's mail backend, its failures sorted into final and passing ones."""

import re
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection

from appeals.domain.deliveries import Letter
from appeals.errors import Bounced, Undelivered

ENHANCED = re.compile(r"\d\.\d{1,3}\.\d{1,3}")  # RFC 3463


def send(letter: Letter) -> None:
    """Hand `letter` to the mail server.

    Raises `Bounced` when the server will never take a letter to this receiver, `Undelivered` for
    everything else: a wrong password or sender is ours to mend, and no reason to give the letter up.
    """
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers={"Message-ID": letter.message_id})
    try:
        with get_connection() as message.connection:
            message.send()
    except SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        raise _sorted(code, answer) from refusal
    except SMTPDataError as refusal:
        raise _sorted(refusal.smtp_code, refusal.smtp_error) from refusal
    except (SMTPException, OSError) as failure:
        raise Undelivered(type(failure).__name__) from failure


def _sorted(code: int, answer: bytes | str) -> Bounced | Undelivered:
    """Only the codes are kept: servers repeat the address in their words."""
    told = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    enhanced = ENHANCED.match(told)
    return (Bounced if code >= 500 else Undelivered)(f"{code} {enhanced[0] if enhanced else ''}".strip())
