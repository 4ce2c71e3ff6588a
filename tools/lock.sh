#!/bin/sh
# Resolve pyproject.toml into requirements*.txt: names, versions and hashes, no address. pip installs from them,
# because it honours the mirror a county has set up.
set -eu
cd "$(dirname "$0")/.."
python3 -m venv var/lock
var/lock/bin/pip install --quiet uv
uv="var/lock/bin/uv"
$uv lock --quiet ${UPGRADE:+--upgrade}
export_lock() {
    file=$1
    shift
    $uv export --quiet --frozen --no-default-groups --no-emit-project --no-annotate --no-header "$@" --format requirements-txt -o "$file"
}
export_lock requirements.txt
export_lock requirements-test.txt --group test
export_lock requirements-dev.txt --group test --group check --group api --group browser
