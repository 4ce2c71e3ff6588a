"""Bring the front end's files here: download by exact version, verify, copy, build the icon sprite.

``python tools/vendor.py`` needs npm and is run only when ``vendor.lock.json`` changes; what it makes is committed.
``python tools/vendor.py --check`` needs nothing and says whether the committed files are those of the lock.
"""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "tools" / "vendor.lock.json"
VENDOR = ROOT / "static" / "vendor"
SPRITE = "sprite.svg"
#: The manifest storage would look for the map, which is not here.
SOURCE_MAP = re.compile(rb"^\s*(?://|/\*)[#@] sourceMappingURL=.*$\n?", re.MULTILINE)
SVG = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<shapes>.*)</svg>', re.DOTALL)


def folder(package: dict[str, Any]) -> str:
    """Where a package's files lie under ``static/vendor``; the version is in the name, so caches never mix two."""
    name = package.get("folder", package["name"])
    return f"{name}-{package['version']}"


def verified(archive: bytes, integrity: str) -> bytes:
    """The archive, if it is the one of the lock; raises ValueError otherwise."""
    algorithm, _, wanted = integrity.partition("-")
    found = base64.b64encode(hashlib.new(algorithm, archive).digest()).decode()
    if algorithm != "sha512" or found != wanted:
        raise ValueError(f"not the archive of the lock: {algorithm}-{found}")
    return archive


def without_map(content: bytes) -> bytes:
    """A file without its reference to a source map."""
    return SOURCE_MAP.sub(b"", content)


def sprite(icons: dict[str, str]) -> bytes:
    """One file with a symbol per icon, from the SVG text of each."""
    symbols = []
    for name, text in sorted(icons.items()):
        found = SVG.search(text)
        if not found:
            raise ValueError(f"{name}: not an icon")
        shapes = " ".join(found["shapes"].split())
        symbols.append(f'<symbol id="{name}" viewBox="{found["box"]}">{shapes}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'.encode()


def bring(package: dict[str, Any], into: Path) -> None:
    """Download a package, verify it and leave only what the lock names."""
    with tempfile.TemporaryDirectory() as scratch:
        spec = f"{package['name']}@{package['version']}"
        subprocess.run(["npm", "pack", "--silent", spec], cwd=scratch, check=True, capture_output=True)
        archive = next(Path(scratch).glob("*.tgz"))
        verified(archive.read_bytes(), package["integrity"])
        with tarfile.open(archive) as tar:
            _copy(package, tar, into / folder(package))


def _copy(package: dict[str, Any], tar: tarfile.TarFile, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in package["files"]:
        (target / Path(name).name).write_bytes(without_map(_read(tar, name)))
    if icons := package.get("icons"):
        texts = {name: _read(tar, f"icons/{name}.svg").decode() for name in icons}
        (target / SPRITE).write_bytes(sprite(texts))


def _read(tar: tarfile.TarFile, name: str) -> bytes:
    member = tar.extractfile(f"package/{name}")
    if member is None:
        raise ValueError(f"{name} is not a file of the package")
    return member.read()


def hashes(vendor: Path) -> dict[str, str]:
    """SHA-256 of every vendored file by its path."""
    files = sorted(path for path in vendor.rglob("*") if path.is_file())
    return {path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main(arguments: list[str]) -> int:
    """Bring everything and write the hashes into the lock, or only compare them."""
    lock = json.loads(LOCK.read_text())
    if "--check" in arguments:
        return 0 if hashes(VENDOR) == lock["sha256"] else 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    for package in lock["packages"]:
        bring(package, VENDOR)
    lock["sha256"] = hashes(VENDOR)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
