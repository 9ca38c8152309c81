"""The table of moves, tried whole, and drawn."""

from pathlib import Path

import pytest
from django.conf import settings

from appeals.domain.lifecycle import MOVES, drawing, move
from appeals.enums import FINAL, Status
from appeals.errors import IllegalMove
from appeals.models import Appeal

PAIRS = [(origin, target) for origin in Status for target in Status]


@pytest.mark.parametrize(("origin", "target"), [pair for pair in PAIRS if pair[1] not in MOVES[pair[0]]])
def test_move_the_table_does_not_know_is_refused_and_changes_nothing(origin, target):
    appeal = Appeal(status=origin)

    with pytest.raises(IllegalMove, match="cannot become"):
        move(appeal, target)

    assert appeal.status == origin


def test_no_way_leads_out_of_a_final_status():
    assert all(not MOVES[final] for final in FINAL)


def test_every_status_has_a_row():
    assert set(MOVES) == set(Status)


def test_the_drawing_in_the_docs_is_the_table():
    drawn = Path(settings.BASE_DIR / "docs" / "LIFECYCLE.md").read_text(encoding="utf-8")

    assert f"```mermaid\n{drawing()}\n```" in drawn
