"""Forms that edit records of the book, field by field, without a save button."""
