"""Scores traces and events against a reference, draws them, and writes reports.

Alone in using scipy, scikit-learn, timescoring, matplotlib and fpdf.
May import domain and errors.
"""
