"""Files as such: written whole or not at all, whatever is in them."""
