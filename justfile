# What one does often; CONTRIBUTING.md has the commands without `just`.

bin := ".venv/bin"
export QT_QPA_PLATFORM := env("QT_QPA_PLATFORM", "offscreen")

# list these
_default:
    @just --list

# the tests to run while one works; more arguments go to pytest
fast *arguments:
    {{bin}}/python -m pytest -n2 -q -m "not slow" {{arguments}}

# what must pass before a change lands
check:
    .ci/run

# every page of a sample in both languages and appearances, into a folder
shots folder="build/shots" *arguments:
    {{bin}}/python tests/desktop/screenshots.py {{folder}} {{arguments}}

# benchmarks by name (bench_NAME.py), each quickly
bench +names="engine plan contingencies startup":
    for name in {{names}}; do {{bin}}/python "tests/benchmarks/bench_$name.py" --quick || exit 1; done
