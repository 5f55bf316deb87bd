"""Answers questions about a candidate from the résumé only, with exact citations."""

__version__ = "0.1.0"
