"""Settings from the environment: each read once, each malformed value stopped with one plain sentence.

An empty variable counts as one that is not set.
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

#: Values that are never shown, not even malformed.
SECRET = ("SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")
#: Schemes of addresses that name no host.
LOCAL = ("sqlite", "postgres", "postgresql", "consolemail", "filemail", "dummymail")
#: Schemes of addresses that name a database.
NAMED = ("sqlite", "postgres", "postgresql")
_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:]+\]")


def given(name: str, default: str = "") -> str:
    """The variable as it is."""
    return os.environ.get(name, "").strip() or default


def stop(name: str, wanted: str) -> ImproperlyConfigured:
    """The sentence for a malformed variable."""
    shown = "…" if name in SECRET else f"“{given(name)}”"
    return ImproperlyConfigured(f"环境变量 {name}={shown} 不对 / is malformed: {wanted}.")


def boolean(name: str, default: bool) -> bool:
    """on/off, true/false, yes/no, 1/0; anything else is malformed."""
    value = given(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise stop(name, "true or false")
    return default


def folder(name: str, default: Path) -> Path:
    """A folder that is created and can be written to."""
    path = Path(given(name) or default).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".probe{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise stop(name, "a folder that can be written to") from error
    return path


def hosts(name: str, default: list[str]) -> list[str]:
    """Names of hosts, separated by commas."""
    found = _listed(name) or default
    if not all(_HOST.fullmatch(host) for host in found):
        raise stop(name, "names such as rd.example.cn, separated by commas")
    return found


def origins(name: str, default: list[str]) -> list[str]:
    """Addresses of sites, separated by commas."""
    wanted = "addresses such as https://rd.example.cn, separated by commas"
    return [_site(name, value.rstrip("/"), wanted) for value in _listed(name)] or default


def site_url(name: str) -> str:
    """The address under which people reach the portal, without a slash at the end."""
    value = given(name, "http://127.0.0.1:8000").rstrip("/")
    return _site(name, value, "an address such as https://rd.example.cn")


def host_of(address: str) -> str:
    """The host of an address, as a request names it."""
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host


def time_zone(name: str) -> str:
    """A name of the time zone database."""
    value = given(name, "Asia/Shanghai")
    if value not in available_timezones():
        raise stop(name, "a time zone such as Asia/Shanghai")
    return value


def url(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """An address of one of the schemes, with a host or a database where its scheme needs one."""
    value = given(name, default)
    wanted = " / ".join(f"{scheme}://…" for scheme in schemes)
    parts = _split(name, value, wanted)
    lacks_host = parts.scheme not in LOCAL and not parts.hostname
    lacks_name = parts.scheme in NAMED and len(parts.path) < 2
    if value and (parts.scheme not in schemes or "://" not in value or lacks_host or lacks_name):
        raise stop(name, wanted)
    return value


def secret(name: str, data: Path) -> str:
    """The variable, or a key made once under the data folder and readable by its owner only."""
    value = given(name)
    if value:
        if len(value) < 32:
            raise stop(name, "at least 32 characters")
        return value
    kept = data / name.lower()
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _kept(kept)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return _kept(kept)


def keys(name: str, data: Path) -> list[str]:
    """Several keys, separated by commas, the newest first; one is made when none is set."""
    found = secret(name, data).split(",")
    if any(len(key) < 32 for key in found):
        raise stop(name, "at least 32 characters each, separated by commas")
    return found


def _kept(path: Path) -> str:
    key = path.read_text().strip()
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"密钥文件 {path} 是空的，请删除后重试 / the key file is empty; delete it and start again."
        )
    return key


def _listed(name: str) -> list[str]:
    return [part.strip() for part in given(name).split(",") if part.strip()]


def _split(name: str, value: str, wanted: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError as error:
        raise stop(name, wanted) from error
    return parts


def _site(name: str, value: str, wanted: str) -> str:
    parts = _split(name, value, wanted)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
        raise stop(name, wanted)
    return value
