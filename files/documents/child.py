"""Run as a process of its own: judges or fills one template under limits.

Reads one JSON object from standard input and writes one: ``faults`` (code and words each), or ``content``. Exit
status 0; a signal means that a limit was reached.
"""

import json
import resource
import sys
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

# isolated, so that nothing is found but what is installed and what is named here
sys.path.append(str(Path(__file__).resolve().parents[2]))

from files.documents import filling, language, packages

#: Bytes of address space and seconds of processor time.
MEMORY, SECONDS = 1 << 30, 20


def main() -> int:
    """Read, do, print; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    told = done(b64decode(asked["content"]), asked["contexts"], asked["known"], asked.get("pictures"))
    json.dump(told, sys.stdout)
    return 0


def done(
    content: bytes,
    contexts: list[dict[str, Any]],
    known: dict[str, Any] | None,
    pictures: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """What came of it; with ``known`` the template is judged first, ``pictures`` are put behind the document."""
    try:
        found = (packages.faults(content) or language.faults(filling.source_of(content), known)) if known else []
        if found:
            return {"faults": found}
        filled = filling.fill(content, contexts)
        if pictures:
            rows = [(words, b64decode(picture)) for words, picture in pictures["rows"]]
            filled = filling.with_pictures(filled, pictures["heading"], rows)
        return {"content": b64encode(filled).decode()}
    except MemoryError:
        return {"faults": [("too_long", "")]}
    except Exception as error:  # whatever a damaged file makes a library raise
        return {"faults": [("crossed", type(error).__name__)]}


if __name__ == "__main__":
    sys.exit(main())
