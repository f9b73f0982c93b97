"""Keeps the library: one database and a folder, in which nothing is lost or overwritten.

Alone in using sqlalchemy, alembic, sqlcipher3 and keyring.
May import domain and errors.
"""
