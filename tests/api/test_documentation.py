"""What docs/api.md tells people to type is typed here, and answered."""

import re
import shlex
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import LiveServerTestCase

from accounts.transitions.keys import make_key
from tests.suggestions.factory import TODAY, assigned, make_county, noon, part_of, version_of

DOCS = Path(__file__).parent.parent.parent / "docs" / "api.md"


def examples() -> list[str]:
    """Every command of the document, in one line each."""
    found = re.findall(r"```sh\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in found for line in re.split(r"\n(?=curl)", block.replace("\\\n", " ").strip())]


class Documented(LiveServerTestCase):
    def test_every_example_answers_as_it_says(self):
        with noon(TODAY):
            county = make_county()
            case = assigned(county)
        part = part_of(case, county.host)
        known = {
            "SITE": self.live_server_url,
            "KEY": make_key(county.host.user, actor=county.host, post=county.host.post, name="x")[1],
            "DEPUTY_KEY": make_key(county.deputy.user, actor=county.deputy, post=county.deputy.post, name="x")[1],
            "SUGGESTION": str(case.pk),
            "ASSIGNMENT": str(part.pk),
            "VERSION": str(version_of(part)),
            "CLIENT_ID": str(uuid4()),
        }
        answers = [self.typed(line, known) for line in examples()]
        assert len(answers) == 6
        for line, answer in zip(examples(), answers, strict=True):
            status = answer.rpartition("\n")[2]
            assert status == ("201" if "visits" in line else "200"), (line, answer)

    def typed(self, line: str, known: dict[str, str]) -> str:
        """What a shell prints, and the status on a line of its own."""
        words = shlex.split(line)
        assert words[0] == "curl"
        words = [re.sub(r"\$(\w+)", lambda found: known[found[1]], word) for word in words]
        done = subprocess.run([*words, "-w", "\n%{http_code}"], capture_output=True, text=True, check=True, timeout=30)
        return done.stdout


if not subprocess.run(["which", "curl"], capture_output=True).stdout:
    pytest.skip("no curl here", allow_module_level=True)
