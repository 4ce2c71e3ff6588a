#!/bin/sh
# Make .venv and install exactly what a lock file holds. While the lock is unchanged nothing happens and
# nothing touches the network.   Usage: tools/setup.sh requirements-test.txt
set -eu
cd "$(dirname "$0")/.."
lock=$1
kept=.venv/$lock

if cmp -s "$lock" "$kept" && .venv/bin/python -c "import django" 2>/dev/null; then
    exit 0
fi

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'
python=
for name in ${PYTHON:-python3 python3.11 python3.12 python3.13}; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$fits"; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "需要 Python 3.11、3.12 或 3.13。 / Python 3.11, 3.12 or 3.13 is needed." >&2
    exit 1
fi

if ! .venv/bin/python -c "$fits" 2>/dev/null; then
    rm -rf .venv
    # Debian keeps ensurepip in python3-venv; without it the environment borrows the machine's own pip
    "$python" -c "import ensurepip" 2>/dev/null || without_pip=--without-pip
    "$python" -m venv ${without_pip:-} .venv
fi
if .venv/bin/python -m pip --version >/dev/null 2>&1; then
    pip=".venv/bin/python -m pip"
elif "$python" -m pip --version >/dev/null 2>&1; then
    pip="$python -m pip --python .venv/bin/python"
else
    echo "缺少 pip：请先安装 python3-pip 或 python3-venv。 / pip is missing: install python3-pip or python3-venv." >&2
    exit 1
fi

echo "安装依赖 / installing $lock …"
$pip --disable-pip-version-check install --quiet --require-hashes -r "$lock"
cp "$lock" "$kept"
