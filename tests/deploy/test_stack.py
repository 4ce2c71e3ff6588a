"""The production stack is only parsed here: that it names what the code reads, and runs what the code has."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")
READ = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "config/settings.py").read_text()))


def test_the_stack_has_database_queue_web_worker_beat_and_proxy():
    assert set(SERVICES) == {"db", "redis", "prepare", "web", "worker", "beat", "proxy"}


@pytest.mark.parametrize("name", OURS)
def test_every_variable_given_is_one_the_settings_read(name):
    assert set(SERVICES[name]["environment"]) <= READ


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_read_only_and_without_privileges(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_secrets_have_no_default():
    text = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "SITE_URL"):
        assert f"${{{name}:?" in text, name


def test_every_variable_of_the_stack_stands_in_the_example():
    wanted = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / "deploy/env.example").read_text()
    assert wanted <= set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_database_and_queue_are_reached_from_inside_only():
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("db", "redis"):
        assert SERVICES[name]["networks"] == ["inside"]
        assert "ports" not in SERVICES[name]


def test_our_containers_wait_for_tables_and_static_files():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_the_proxy_reads_no_data_of_the_portal():
    assert not [volume for volume in SERVICES["proxy"]["volumes"] if volume.startswith("data:")]


def test_the_proxy_does_not_believe_what_a_client_says_of_its_address():
    nginx = (ROOT / "deploy/nginx.conf").read_text()
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert "$proxy_add_x_forwarded_for" not in nginx


def test_the_image_installs_with_hashes_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.txt" in dockerfile
    assert "\nUSER portal\n" in dockerfile


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt", "requirements-dev.txt"])
def test_lock_files_hold_versions_and_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement
