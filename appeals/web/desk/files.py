"""A file of a case, for who may see the case; every look by others than the assigned officer is journalled."""

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals.domain import access
from appeals.enums import AccessedData
from appeals.models import Attachment
from appeals.web.desk.cases import desk, visible


@desk
@require_GET
def download(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """As a download that no browser renders: whatever is in the file, it does nothing here.

    Who has a part of an appeal reads the files that stayed with the whole.
    """
    appeal = visible(request, slug)
    attachment = get_object_or_404(Attachment, Q(appeal=appeal) | Q(appeal=appeal.parent_id), pk=pk)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    access.journal(
        appeal, AccessedData.ATTACHMENT, by=request.officer, at=timezone.now(), purpose=attachment.name[:255]
    )
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
