"""How much of an uploaded file is taken in at all, on every page."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from appeals.domain.uploads import LARGEST


class CappedUpload(FileUploadHandler):
    """Lets a little more than the largest file through, so that a form can tell it is too large, and drops the rest."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.seen > LARGEST:
            return None
        self.seen += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
