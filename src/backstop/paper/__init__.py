"""The plan on paper: a booklet and a recovery sheet, as PDF."""

from backstop.paper.typeset import contingency_pdf

__all__ = ["contingency_pdf"]
