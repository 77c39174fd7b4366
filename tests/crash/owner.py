"""A program that does what it is told to a book, in a process of its own, to be killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from backstop.domain import message
from backstop.services.commands import Change
from backstop.services.session import BookSession, book_from_json, book_to_json


def serve(connection: Connection, path: Path) -> None:
    """Carries out `(word, data)` and answers with the book as it is then."""
    with BookSession.open(path) as session:
        connection.send(book_to_json(session.book))
        while True:
            word, data = connection.recv()
            if word == "close":
                break
            if word == "put":
                session.apply(Change(session.book, book_from_json(data), message("edit")))
            elif word == "undo":
                session.undo()
            else:
                session.redo()
            connection.send(book_to_json(session.book))
    connection.send(b"")
