import os
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import sqlite

from reviewer_app.store.library import Library
from reviewer_app.store.schema import FilePath, metadata


def test_the_revisions_make_the_tables_that_the_code_uses(library: Library) -> None:
    with library.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_no_parent_row_takes_its_children_along() -> None:
    rules = {key.ondelete for table in metadata.tables.values() for key in table.foreign_keys}
    assert rules == {"RESTRICT"}


def test_a_path_is_kept_as_the_systems_bytes() -> None:
    kind, dialect = FilePath(), sqlite.dialect()
    assert kind.process_bind_param(Path("/ä"), dialect) == os.fsencode("/ä")
    assert kind.process_result_value(os.fsencode("/ä"), dialect) == Path("/ä")
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None
