#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml; needs the network. Options go to uv:
#   packaging/lock.sh                      keeps the versions that still fit
#   packaging/lock.sh --upgrade            takes the newest of all
#   packaging/lock.sh --upgrade-package numpy
# The locks are universal (every system, every Python from 3.11 on) and carry the hash of every
# file, so that pip takes what was tested or nothing; they name no registry, so that mirrors work.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v uv >/dev/null; then
    [ -x build/uv/bin/uv ] || { python3 -m venv build/uv && build/uv/bin/pip install --quiet uv; }
    PATH="$PWD/build/uv/bin:$PATH"
fi

compile() {
    local output=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links --annotation-style line \
        --output-file "$output" "$@" pyproject.toml
}

# The run-time lock starts from the versions of the test lock: what users get is what was tested,
# and `test` can add to the environment of `run` instead of making it again.
compile packaging/requirements-test.lock --extra test "$@"
cp packaging/requirements-test.lock packaging/requirements.lock
compile packaging/requirements.lock

# What packages are built with and from, at the same versions; on every system, so that a package
# for one can be made on another.
cp packaging/requirements.lock packaging/requirements-build.lock
compile packaging/requirements-build.lock --extra build
