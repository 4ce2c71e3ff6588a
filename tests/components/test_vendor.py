"""What was brought from outside is what the lock says, byte for byte, and comes with its licence."""

import json

import pytest

from tools import vendor

LOCK = json.loads(vendor.LOCK.read_text())


def test_every_vendored_file_is_the_one_of_the_lock():
    assert vendor.hashes(vendor.VENDOR) == LOCK["sha256"]


@pytest.mark.parametrize("package", LOCK["packages"], ids=lambda package: package["name"])
def test_every_package_is_pinned_and_has_its_licence(package):
    assert package["integrity"].startswith("sha512-") and package["version"][0].isdigit()
    assert (vendor.VENDOR / vendor.folder(package) / "LICENSE").stat().st_size > 100


def test_no_file_refers_to_a_map_that_is_not_here():
    for path in vendor.VENDOR.rglob("*"):
        assert path.is_dir() or b"sourceMappingURL=" not in path.read_bytes()


def test_the_lock_names_no_place_on_the_network():
    assert "://" not in vendor.LOCK.read_text()


def test_an_archive_that_is_not_the_locked_one_is_refused():
    known = "sha512-" + "n" * 86 + "=="
    with pytest.raises(ValueError, match="not the archive"):
        vendor.verified(b"something else", known)


def test_a_weaker_hash_is_refused_even_if_it_fits():
    with pytest.raises(ValueError, match="sha1"):
        vendor.verified(b"", "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=")


@pytest.mark.parametrize(
    "text",
    [
        b"a{}\n/*# sourceMappingURL=a.css.map */",
        b"f()\n//# sourceMappingURL=a.js.map\n",
        b"f()\n//@ sourceMappingURL=a",
    ],
)
def test_a_reference_to_a_map_is_dropped_and_nothing_else(text):
    assert vendor.without_map(text) in (b"a{}\n", b"f()\n")


def test_the_sprite_has_a_symbol_for_each_icon():
    drawing = '<svg xmlns="x" width="16" viewBox="0 0 16 16">\n  <path d="M0 0"/>\n</svg>'
    made = vendor.sprite({"b": drawing, "a": drawing}).decode()
    assert made.count('<symbol id="') == 2 and made.index('id="a"') < made.index('id="b"')
    assert 'viewBox="0 0 16 16"><path d="M0 0"/></symbol>' in made


def test_what_is_no_drawing_does_not_become_an_icon():
    with pytest.raises(ValueError, match="not an icon"):
        vendor.sprite({"a": "<html></html>"})
