"""The administration's own title and sign-in."""

from django.contrib.admin.apps import AdminConfig


class ReceptionAdminConfig(AdminConfig):
    default_site = "config.admin_site.ReceptionAdminSite"
