"""Run as a process of its own: draws one page of HTML as PDF under limits.

Reads one JSON object from standard input: ``html`` and ``files`` (base64 by the address under which the page names
them). Whatever the page names that is not among them, or not in the page itself, is not fetched. Writes the PDF;
without ``html`` it only says by its exit status whether drawing is possible here.
"""

import json
import resource
import sys
from base64 import b64decode
from typing import Any

#: Bytes of address space, seconds of processor time, bytes of any file written.
MEMORY, SECONDS, FILE = 3 << 30, 60, 64 << 20
_KINDS = {".css": "text/css", ".jpg": "image/jpeg", ".svg": "image/svg+xml", ".png": "image/png"}


def main() -> int:
    """Read, draw, write; the exit status."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    try:
        # it loads the libraries that draw text, which a machine may lack
        import weasyprint
    except OSError:
        return 3
    if "html" not in asked:
        return 0
    files = {address: b64decode(content) for address, content in asked["files"].items()}

    class Handed(weasyprint.urls.URLFetcher):
        """Gives what was handed over and what stands in the page itself."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = url.removeprefix(BASE)
            if path not in files:
                raise ValueError("only what was handed over")
            kind = next((kind for ending, kind in _KINDS.items() if path.endswith(ending)), "image/jpeg")
            return weasyprint.urls.URLFetcherResponse(url, files[path], {"Content-Type": kind})

    only = Handed(allowed_protocols=("data",), allow_redirects=False)
    drawn = weasyprint.HTML(string=asked["html"], base_url=BASE, url_fetcher=only).write_pdf()
    sys.stdout.buffer.write(drawn)
    return 0


#: Stands before whatever a page names by a path of its own.
BASE = "sheet:"


if __name__ == "__main__":
    sys.exit(main())
