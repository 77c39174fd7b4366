"""Named checks of what a book says: fresh, complete, possible."""
