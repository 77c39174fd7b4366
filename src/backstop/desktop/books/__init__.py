"""Books as files: new, open, backups, history, passphrase, and a book's own details."""
