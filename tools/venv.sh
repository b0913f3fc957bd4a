#!/bin/sh
# Make .venv with the given Python. Debian keeps the module "venv" in a package of its own.
set -e
python=$1
if ! command -v "$python" >/dev/null; then
    echo "$python is missing: install Python 3.11, or say where it is: make PYTHON=/path/to/python3.11 …" >&2
    exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "Python's module venv is missing. On Debian: sudo apt-get install python3.11-venv" >&2
        exit 1
    fi
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends python3.11-venv >/dev/null
fi
rm -rf .venv
"$python" -m venv .venv
