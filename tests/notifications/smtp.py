"""A mail server of one's own for a test: takes letters over SMTP, or refuses as it is told."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class _Talk(socketserver.StreamRequestHandler):
    """One conversation: just the verbs that a client of Django says."""

    def handle(self) -> None:
        """From greeting to farewell."""
        self.server.connections += 1
        self._say("220 test")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                return self._say("221 bye")
            self._say(self._take() if word == b"DATA" else self.server.answers.get(word, "250 OK"))
        return None

    def _take(self) -> str:
        refusal = self.server.answers.get(b"DATA")
        if refusal:
            return refusal
        self._say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        text = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
        self.server.letters.append(message_from_bytes(text, policy=policy.default))
        return "250 taken"

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    """What it took stands in ``letters``, how often it was called in ``connections``; ``answers`` overrules a reply."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.answers: dict[bytes, str] = {}
        self.connections = 0


@contextmanager
def mail_server() -> Iterator[Server]:
    """Listening on a free port of this machine while the block runs."""
    with Server() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
