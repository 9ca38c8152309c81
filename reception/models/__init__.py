from reception.models.draft import Draft, DraftFile

__all__ = ["Draft", "DraftFile"]
