"""Brings the program onto a machine; runs before anything is installed, so it uses the standard library only."""
