"""The tables of the page of breaches. Whatever the rows are, they add up to the same total."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from agencies.enums import Level
from appeals.domain.statistics.cases import NOT_STATED, Show
from appeals.domain.statistics.labels import People
from appeals.domain.statistics.reading import NOT_STATED as UNSTATED
from appeals.domain.statistics.reading import Figures, Open
from appeals.enums import Axis, BreachCause, ClockKind, Measure
from appeals.filters import UNEXPLAINED
from appeals.web.oversight.links import cases_url, register_url
from appeals.web.oversight.picture import Picture
from appeals.web.oversight.tables import Cell, Table, bar, change, inhabitants, name, number, per_people, rate

Read = Callable[[Figures, Measure], int]  # one row's number in a picture
Codes = dict[str, str]  # what narrows its cases down


def by_level(picture: Picture) -> Table:
    names = {
        Level.CENTRAL: _("Central bodies"),
        Level.LOCAL: _("Local bodies"),
        Level.PRESIDENT: _("President's Office"),
    }
    longest = max(picture.now.at(Measure.BREACHED, level) for level in names)
    rows = [
        [
            name(_("Level"), names[level]),
            *_counted(picture, _at(level), {"level": level.value}, longest),
            _change(picture, _at(level)),
            *_held((body for body in picture.held if body.level == level), {"level": level.value}),
        ]
        for level in names
    ]
    return Table("level", _("Central and local bodies"), rows, _everywhere(picture, _("Level")))


def by_body(picture: Picture, *, more_url: str, more: str) -> Table:
    """The worst bodies first, and all the others in one row; further ones are at `more_url`."""
    held = {str(body.agency_id): body for body in picture.held}
    longest = max((picture.now.of(Measure.BREACHED, Axis.AGENCY, body) for body in picture.bodies), default=0)
    rows = []
    for body in picture.bodies:
        label, read = picture.named[Axis.AGENCY, body], _of(Axis.AGENCY, body)
        codes = {"agency": label.code}
        rows.append(
            [
                name(_("Body"), label.name),
                *_counted(picture, read, codes, longest),
                _change(picture, read),
                *_held((held[body],) if body in held else (), codes),
            ]
        )
    return Table(
        "body",
        _("By body, worst first"),
        [*rows, _others(picture)],
        _everywhere(picture, _("Body")),
        more_url=more_url,
        more=more,
    )


def by_region(picture: Picture) -> Table:
    rows = [
        [*cells, *_by_people(picture, _of(Axis.REGION, value), people)]
        for value, people, cells in _along(picture, Axis.REGION, _("Region"), _("Abroad or not stated"))
    ]
    return Table("region", _("By region"), rows, [*_total(picture, _("Region")), *_by_people(picture, _all, None)])


def by_topic(picture: Picture) -> Table:
    """The topics with breaches, and all the others in one row."""
    rows = [
        (value, cells)
        for value, _people, cells in _along(picture, Axis.TOPIC, _("Topic"), _("Not stated"))
        if value == UNSTATED or picture.now.of(Measure.BREACHED, Axis.TOPIC, value)
    ]
    rest = _besides(Axis.TOPIC, {value for value, _cells in rows})
    others = [name(_("Topic"), _("Topics without breaches")), *_counted(picture, rest, None, 0)]
    return Table("topic", _("By topic"), [*(cells for _value, cells in rows), others], _total(picture, _("Topic")))


def by_channel(picture: Picture) -> Table:
    rows = [cells for _value, _people, cells in _along(picture, Axis.CHANNEL, _("Channel"), "")]
    return Table("channel", _("By channel"), rows, _total(picture, _("Channel")))


def by_term(picture: Picture) -> Table:
    broken = {kind: picture.now.of(Measure.BREACHED, Axis.CLOCK, kind) for kind in ClockKind}
    longest = max(broken.values())
    rows = [
        [name(_("Term"), str(kind.label)), bar(_("Breaches"), n, longest, _breaches(picture, {"term": kind.value}))]
        for kind, n in sorted(broken.items(), key=lambda row: -row[1])
    ]
    total = number(_("Breaches"), picture.now.total(Measure.BREACHED), _breaches(picture, {}))
    return Table("term", _("By kind of term"), rows, [name(_("Term"), _("Total")), total])


def by_cause(picture: Picture) -> Table:
    """As the bodies themselves named it; what they have said nothing of yet comes last."""
    broken = {cause: picture.now.of(Measure.BREACHED, Axis.CAUSE, cause) for cause in BreachCause}
    unexplained = picture.now.of(Measure.BREACHED, Axis.CAUSE, UNSTATED)
    longest = max(*broken.values(), unexplained)
    told = [(str(cause.label), cause.value, n) for cause, n in sorted(broken.items(), key=lambda row: -row[1])]
    rows = [
        [name(_("Cause"), called), bar(_("Breaches"), n, longest, register_url(cause, picture.period))]
        for called, cause, n in [*told, (_("Not explained yet"), UNEXPLAINED, unexplained)]
    ]
    total = number(_("Breaches"), picture.now.total(Measure.BREACHED), _breaches(picture, {}))
    return Table("cause", _("By cause"), rows, [name(_("Cause"), _("Total")), total])


def _along(picture: Picture, axis: Axis, head: str, unstated: str) -> Iterator[tuple[str, People | None, list[Cell]]]:
    """A row for everything on `axis`, last the one of appeals that state nothing, where that can be."""
    rows: list[tuple[str, str, str, People | None]] = [
        (label.value, label.code, label.name, label.people) for label in picture.along(axis)
    ]
    if unstated:
        rows.append((UNSTATED, NOT_STATED, unstated, None))
    longest = max(picture.now.of(Measure.BREACHED, axis, value) for value, *_rest in rows)
    for value, code, called, people in rows:
        cells = _counted(picture, _of(axis, value), {axis.value: code}, longest)
        yield value, people, [name(head, called), *cells]


def _others(picture: Picture) -> list[Cell]:
    """What the bodies that are not shown have together."""
    shown = set(picture.bodies)
    rest = _besides(Axis.AGENCY, shown)
    return [
        name(_("Body"), _("Other bodies")),
        *_counted(picture, rest, None, 0),
        _change(picture, rest),
        *_held((body for body in picture.held if str(body.agency_id) not in shown), None),
    ]


def _everywhere(picture: Picture, head: str) -> list[Cell]:
    return [*_total(picture, head), _change(picture, _all), *_held(picture.held, {})]


def _total(picture: Picture, head: str) -> list[Cell]:
    return [name(head, _("Total")), *_counted(picture, _all, {}, 0)]


def _counted(picture: Picture, read: Read, codes: Codes | None, longest: int) -> list[Cell]:
    """Breaches, appeals registered, breaches for every 1,000; no codes, no list of cases."""
    broken, registered = read(picture.now, Measure.BREACHED), read(picture.now, Measure.REGISTERED)
    to_broken = to_registered = ""
    if codes is not None:
        to_broken = _breaches(picture, codes)
        to_registered = cases_url(Show.REGISTERED, picture.period, codes)
    return [
        bar(_("Breaches"), broken, longest, to_broken),
        number(_("Registered"), registered, to_registered),
        rate(_("Breaches per 1,000"), broken, registered),
    ]


def _change(picture: Picture, read: Read) -> Cell:
    label = pgettext("against the period before", "Change")
    return change(label, read(picture.now, Measure.BREACHED), read(picture.before, Measure.BREACHED))


def _held(bodies: Iterable[Open], codes: Codes | None) -> list[Cell]:
    """Open now, and past an official term now; no codes, no list of cases."""
    held = list(bodies)
    to_open = to_overdue = ""
    if codes is not None:
        to_open, to_overdue = cases_url(Show.OPEN, codes=codes), cases_url(Show.OVERDUE, codes=codes)
    return [
        number(_("Open now"), sum(body.held for body in held), to_open),
        number(_("Overdue now"), sum(body.overdue for body in held if body.is_official), to_overdue),
    ]


def _by_people(picture: Picture, read: Read, people: People | None) -> list[Cell]:
    """Both numbers for every 100,000 inhabitants, and how many those are."""
    return [
        per_people(_("Breaches per 100,000 people"), read(picture.now, Measure.BREACHED), people),
        per_people(_("Appeals per 100,000 people"), read(picture.now, Measure.REGISTERED), people),
        inhabitants(_("People"), people),
    ]


def _breaches(picture: Picture, codes: Codes) -> str:
    return cases_url(Show.BREACHES, picture.period, codes)


def _of(axis: Axis, value: str) -> Read:
    return lambda figures, measure: figures.of(measure, axis, value)


def _besides(axis: Axis, values: set[str]) -> Read:
    return lambda figures, measure: figures.total(measure) - sum(figures.of(measure, axis, value) for value in values)


def _at(level: Level) -> Read:
    return lambda figures, measure: figures.at(measure, level)


def _all(figures: Figures, measure: Measure) -> int:
    return figures.total(measure)
