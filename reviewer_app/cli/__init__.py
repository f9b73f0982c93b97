"""The command line: every journey without a screen.

A door: it reads the settings once, turns words into requests, drives jobs, and shows what they say.
May import jobs, domain, errors, settings and paths; alone in using typer and rich.
"""
