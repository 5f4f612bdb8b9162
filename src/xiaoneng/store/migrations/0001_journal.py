"""The journal, its seals, and what is derived from it."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):  # type: ignore[misc]  # Django has no types
    """One file of SQL; there is no way back, since facts would be lost."""

    initial = True
    dependencies: list[tuple[str, str]] = []  # noqa: RUF012 - Django's own form
    operations = [  # noqa: RUF012 - as above
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
    ]
