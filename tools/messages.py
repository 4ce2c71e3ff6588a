"""The Chinese catalogue: ``make`` collects and compiles it (needs gettext), ``check`` proves that it is complete.

English needs no catalogue: the texts in the code are English.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
HEAD = {
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")


def make() -> None:
    """Collect the texts of the code, keep what is translated, drop what is gone, compile."""
    collect(ROOT)
    catalogue = polib.pofile(str(PO))
    for entry in catalogue.obsolete_entries():
        catalogue.remove(entry)
    # no dates and no names in the head, so that a catalogue changes only when a text does
    catalogue.header, catalogue.metadata, catalogue.metadata_is_fuzzy = "", HEAD, []
    catalogue.save()
    catalogue.save_as_mofile(str(MO))
    print(f"{len(catalogue)} texts, {len(catalogue.untranslated_entries())} untranslated")


def collect(root: Path) -> None:
    """Run xgettext over the code through Django."""
    ignored = [f"--ignore={name}" for name in (".venv", "var", "tests", "static", "tools", "node_modules")]
    (root / "locale").mkdir(exist_ok=True)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "zh_Hans", "--no-location", "--no-wrap", *ignored],
        cwd=root,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def check() -> list[str]:
    """Every way in which the catalogue is not complete, or not what the code says."""
    catalogue = polib.pofile(str(PO))
    faults = [f"untranslated: {entry.msgid}" for entry in catalogue.untranslated_entries()]
    faults += [f"fuzzy: {entry.msgid}" for entry in catalogue.fuzzy_entries()]
    faults += [f"placeholders differ: {entry.msgid}" for entry in catalogue if not same_placeholders(entry)]
    if texts(polib.mofile(str(MO))) != texts(catalogue):
        faults.append("django.mo is not compiled from django.po; run make messages")
    return faults + (outdated(catalogue) if shutil.which("xgettext") else [])


def same_placeholders(entry: polib.POEntry) -> bool:
    """Whether a translation takes the same values; a plural may leave out its number."""
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    return all(
        set(PLACEHOLDER.findall(text)) == wanted for text in [entry.msgstr, *entry.msgstr_plural.values()] if text
    )


def texts(catalogue: polib.POFile | polib.MOFile) -> dict:
    """What a catalogue says, by context and text."""
    return {
        (entry.msgctxt, entry.msgid): entry.msgstr or dict(entry.msgstr_plural)
        for entry in catalogue
        if not entry.obsolete and (entry.msgstr or entry.msgstr_plural)
    }


def outdated(catalogue: polib.POFile) -> list[str]:
    """Texts of the code that the catalogue lacks, and texts that no longer stand in the code."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        names = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        for name in names.stdout.splitlines():
            if (
                name.endswith((".py", ".html", ".txt"))
                and (ROOT / name).is_file()
                and not name.startswith(("tests/", "static/"))
            ):
                target = copy / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
        collect(copy)
        found = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(copy / PO.relative_to(ROOT)))}
    known = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
    return [f"not in the catalogue: {text}" for _, text in sorted(found - known, key=str)] + [
        f"no longer in the code: {text}" for _, text in sorted(known - found, key=str)
    ]


if __name__ == "__main__":
    if sys.argv[1:] == ["make"]:
        make()
    else:
        problems = check()
        print("\n".join(problems) or "the catalogue is complete")
        sys.exit(bool(problems))
