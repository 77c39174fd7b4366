"""Small building blocks that all pages use: plain labels, cards, tables, marks."""
