"""What to ask of lenders, suppliers and the tax office before borrowing elsewhere."""
