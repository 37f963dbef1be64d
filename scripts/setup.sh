#!/bin/sh
# Sees to all that the project needs: .venv from requirements.lock, a Chromium, a Chinese font.
# Quick when all is there. Under CI a missing part is a failure; elsewhere a missing font is a warning.
set -eu
cd "$(dirname "$0")/.."
CI=${CI:-}
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { echo "setup: $*" >&2; }
fail() { say "$*"; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }
can_apt() { is_root && command -v apt-get >/dev/null 2>&1; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

has_chromium() {
    for name in ${BAZAARWATCH_BROWSER__EXECUTABLE:-} chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-*/chrome-*/chrome >/dev/null 2>&1
}

# A machine without fontconfig has no fonts that Chromium could use either.
has_chinese_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh family 2>/dev/null)" ]; }

packages_wanted() {
    has_chromium || echo chromium
    has_chinese_font || echo fontconfig fonts-noto-cjk
}

install_packages() {
    wanted=$(packages_wanted | tr '\n' ' ')
    [ -n "$wanted" ] || return 0
    can_apt || return 0
    say "installing with apt-get: $wanted"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # a list of names
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted; } >"$log" 2>&1 ||
        say "apt-get failed: $(grep -E '^E:' "$log" | head -n 1)"
}

make_environment() {
    stamp=.venv/.made-from-$(cat requirements.lock pyproject.toml | cksum | tr ' ' '-')
    [ -f "$stamp" ] && return 0
    python=$(find_python) || fail "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)"
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        can_apt && apt-get install -y -qq python3-venv >/dev/null 2>&1 ||
            fail "$python has no venv module (Debian: apt-get install python3-venv)"
    fi
    say "making .venv from requirements.lock"
    "$python" -m venv .venv
    # uv installs the same lock with the same hashes in a tenth of pip's time; pip does where uv cannot.
    uv=$(sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements.lock)
    sed -n '/^uv==/,/[^\\]$/p' requirements.lock >.venv/uv.lock
    pip="$PWD/.venv/bin/python -m pip install --quiet --disable-pip-version-check"
    if ! { $pip --no-deps --require-hashes -r .venv/uv.lock &&
        .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes --python .venv/bin/python requirements.lock; } 2>/dev/null; then
        say "uv $uv cannot install here; pip does (slower)"
        $pip --require-hashes -r requirements.lock || fail "the packages of requirements.lock could not be installed"
    fi
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --offline -e . 2>/dev/null ||
        "$python" -m pip --python .venv/bin/python install --quiet --no-deps --no-build-isolation -e . ||
        fail "the project could not be installed into .venv"
    touch "$stamp"
}

install_packages &
packages=$!
make_environment
wait "$packages"

if ! has_chromium; then
    say "no Chromium yet; trying Playwright's own (60 s at most)"
    timeout 60 .venv/bin/playwright install chromium >"$log" 2>&1 || true
    has_chromium || fail "no Chromium: install one (Debian: apt-get install chromium) and run this again"
fi
if ! has_chinese_font; then
    line="no Chinese font: screenshots and drawn goods would be empty boxes (Debian: apt-get install fonts-noto-cjk)"
    [ -z "$CI" ] || fail "$line"
    say "$line"
fi
