"""Runs revisions on the connection that ``store/migrate.py`` hands over; there is no alembic.ini."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
