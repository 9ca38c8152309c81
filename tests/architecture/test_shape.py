"""The house, tested like behaviour."""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from django.urls import URLPattern, URLResolver, get_resolver

import appeals.domain
from config.celery import app

ROOT = Path(__file__).parents[2]
# who acts is the clock itself, or the act is a part of another that names who acts
THE_CLOCK = {"note_missed", "note", "start", "meet", "cancel", "let_go", "refresh", "close", "move"}
OF_A_CASE = {"appeal", "breach"}


def modules() -> Iterator[ModuleType]:
    for found in walk_packages(appeals.domain.__path__, "appeals.domain."):
        if not found.ispkg:
            yield import_module(found.name)


def verbs() -> Iterator[Callable]:
    """Public functions of the domain that change a case: atomic, and given one."""
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                if OF_A_CASE & set(inspect.signature(function).parameters) and hasattr(function, "__wrapped__"):
                    yield function


@pytest.mark.parametrize("verb", list(verbs()), ids=lambda verb: verb.__name__)
def test_every_verb_names_who_acts_and_when(verb):
    if verb.__name__ not in THE_CLOCK:
        assert {"by", "at"} <= set(inspect.signature(verb).parameters)


def test_there_are_verbs():
    assert {"accept", "assign", "forward", "reply", "terminate"} <= {verb.__name__ for verb in verbs()}


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__)
def test_the_domain_never_asks_what_time_it_is(module):
    source = inspect.getsource(module)

    assert "timezone.now" not in source
    assert "datetime.now" not in source
    assert "date.today" not in source


@pytest.mark.parametrize("app_name", ["agencies", "appeals", "reception"])
def test_domain_rules_and_models_do_not_know_http(app_name):
    inside = [*(ROOT / app_name).glob("domain/**/*.py"), *(ROOT / app_name).glob("models/*.py")]

    assert inside
    assert [path for path in inside if "django.http" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("entry", app.conf.beat_schedule.values(), ids=lambda entry: entry["task"])
def test_every_entry_of_the_schedule_is_a_task_and_its_arguments_bind(entry):
    app.loader.import_default_modules()
    task = app.tasks[entry["task"]]

    inspect.signature(task.run).bind(*entry.get("args", ()), **entry.get("kwargs", {}))
    assert task.soft_time_limit < app.conf.broker_transport_options["visibility_timeout"]


def test_every_task_is_in_the_schedule_once():
    app.loader.import_default_modules()
    ours = sorted(name for name in app.tasks if name.startswith(("appeals.", "reception.", "agencies.")))

    assert sorted(entry["task"] for entry in app.conf.beat_schedule.values()) == ours


def test_the_driver_is_psycopg2():
    assert not is_psycopg3


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


def test_views_of_desk_and_oversight_never_opt_out_of_sign_in():
    guarded = [
        p for p in addresses() if p.callback.__module__.startswith(("appeals.web.desk", "appeals.web.oversight"))
    ]

    assert guarded
    assert all(getattr(pattern.callback, "login_required", True) for pattern in guarded)
