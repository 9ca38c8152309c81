"""A group goes where its appeals go."""

import pytest

from agencies.enums import Role
from agencies.models import Agency
from appeals.domain import crowds, forwarding, grouping
from appeals.errors import Refused
from appeals.models import Appeal
from tests.appeals.domain.test_succession import HEIR, cease, succeed
from tests.factories import MONDAY, make_appeal, make_officer

pytestmark = pytest.mark.django_db


def test_group_of_a_body_that_ceased_goes_on_with_its_successor():
    registrar, heir = make_officer(role=Role.REGISTRAR), Agency.objects.get(code=HEIR)
    group = grouping.open_group([make_appeal(), make_appeal()], name="Lamps", by=registrar, at=MONDAY)
    cease(registrar.agency, heir)

    succeed()

    group.refresh_from_db()
    assert group.agency == heir
    assert crowds.members(group).count() == 2


def test_appeal_forwarded_leaves_the_group_and_the_others_stay():
    registrar = make_officer(role=Role.REGISTRAR)
    leaving, staying = make_appeal(), make_appeal()
    group = grouping.open_group([leaving, staying], name="Lamps", by=registrar, at=MONDAY)

    forwarding.forward(leaving, Agency.objects.get(code=HEIR), by=registrar, at=MONDAY, reason="Theirs.")

    assert list(crowds.members(group)) == [staying]
    assert Appeal.objects.get(pk=leaving.pk).group is None


def test_group_of_which_one_cannot_be_joined_is_not_opened():
    registrar = make_officer(role=Role.REGISTRAR)
    free, taken = make_appeal(), make_appeal()
    grouping.open_group([taken], name="Lamps", by=registrar, at=MONDAY)

    with pytest.raises(Refused, match="already in a group"):
        grouping.open_group([free, taken], name="More lamps", by=registrar, at=MONDAY)

    assert Appeal.objects.get(pk=free.pk).group is None
    assert not free.events.filter(kind="grouped").exists()
