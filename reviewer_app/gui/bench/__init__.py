"""Measures the window on this machine, in a process and folders of its own; ``python -m reviewer_app.gui.bench``."""
