"""Spasm Reviewer finds and reviews infantile epileptic spasms in long video recordings."""

__version__ = "0.1.0"
