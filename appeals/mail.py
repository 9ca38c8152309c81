"""The way out for letters: Django's mail backend, its failures sorted into final and passing ones."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMessage

from appeals.domain.notices import Letter
from appeals.errors import Bounced, Undelivered


def send(letter: Letter) -> None:
    """Hand `letter` to the mail server; raises `Bounced` for a refusal for good, `Undelivered` otherwise."""
    message = EmailMessage(letter.subject, letter.body, to=[letter.to], headers={"Message-ID": letter.message_id})
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        code, answer = refusal.recipients[letter.to]
        raise _sorted(code, answer) from refusal
    except SMTPResponseException as refusal:
        raise _sorted(refusal.smtp_code, refusal.smtp_error) from refusal
    except (SMTPException, OSError) as failure:
        raise Undelivered(type(failure).__name__) from failure


def _sorted(code: int, answer: bytes | str) -> Bounced | Undelivered:
    told = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return (Bounced if code >= 500 else Undelivered)(f"{code} {told}")
