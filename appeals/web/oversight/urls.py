"""The addresses of the oversight."""

from django.urls import path

from appeals.web.oversight.breaches import breaches
from appeals.web.oversight.cases import cases
from appeals.web.oversight.competence import competence
from appeals.web.oversight.export import export
from appeals.web.oversight.register import register
from appeals.web.oversight.suggestions import export as export_suggestions
from appeals.web.oversight.suggestions import suggestions

app_name = "oversight"

urlpatterns = [
    path("", breaches, name="breaches"),
    path("cases/", cases, name="cases"),
    path("competence/", competence, name="competence"),
    path("cases/export/", export, name="export"),
    path("register/", register, name="register"),
    path("suggestions/", suggestions, name="suggestions"),
    path("suggestions/export/", export_suggestions, name="export-suggestions"),
]
