"""Why the content of a file is refused, told by whoever looks into it."""


class Flawed(Exception):
    """The content is refused; ``code`` is a key of ``files.signatures.SENTENCES``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
