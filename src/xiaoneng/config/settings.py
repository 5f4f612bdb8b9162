"""Settings of Django: which database, which apps. Nothing is read from a file; the environment says what differs."""

from __future__ import annotations

import os

from psycopg.conninfo import conninfo_to_dict

from xiaoneng.config.database import DATABASE, OWNER


def database(url: str) -> dict[str, object]:
    """What Django wants to know of a PostgreSQL, from its address."""
    said = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": said.get("dbname", ""),
        "USER": said.get("user", ""),
        "PASSWORD": said.get("password", ""),
        "HOST": said.get("host", ""),
        "PORT": said.get("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {},
    }


DATABASES = {"default": database(os.environ.get(DATABASE, "")), "owner": database(os.environ.get(OWNER, ""))}
INSTALLED_APPS = ["xiaoneng.store"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
SECRET_KEY = os.environ.get("XIAONENG_SECRET_KEY", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
