"""Scores traces and events against a reference, and draws them.

Alone in using scipy, scikit-learn and timescoring; matplotlib only in ``figures``.
May import domain and errors.
"""
