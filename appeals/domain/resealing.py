"""Rotation of keys: what older keys sealed is sealed anew, and found by the newest digests."""

from django.conf import settings
from django.db import transaction

from appeals.models.sealed import Sealed


@transaction.atomic
def reseal(model: type[Sealed], *, limit: int) -> int:
    """Seal at most `limit` rows of `model` with the current key; how many there were. Stopped, it goes on later."""
    current = next(iter(settings.PERSONAL_DATA_KEYS))
    older = model._default_manager.exclude(key_id=current).select_for_update(skip_locked=True).order_by("pk")
    batch = list(older[:limit])
    for row in batch:
        row.seal(row.unseal())
        row.save()
    return len(batch)
