"""Forms that edit the records of the book, field by field, without a save button."""
