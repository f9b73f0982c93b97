"""Alembic revisions of the library's tables, one file each, from the first day on; run by ``store/migrate.py``."""
