"""The one Django app with tables."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):  # type: ignore[misc]  # Django has no types
    """Tables are made by SQL in the migrations: partitions, triggers and roles are what they are about."""

    name = "xiaoneng.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
