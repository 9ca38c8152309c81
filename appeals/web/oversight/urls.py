"""The addresses of the oversight."""

from django.urls import path

from appeals.web.oversight.breaches import breaches
from appeals.web.oversight.cases import cases
from appeals.web.oversight.export import export
from appeals.web.oversight.register import register

app_name = "oversight"

urlpatterns = [
    path("", breaches, name="breaches"),
    path("cases/", cases, name="cases"),
    path("cases/export/", export, name="export"),
    path("register/", register, name="register"),
]
