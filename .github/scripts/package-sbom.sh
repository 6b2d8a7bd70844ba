#!/usr/bin/env bash
# Makes an SPDX list of packages out of one that names every file as well: GitHub takes attestations of 16 MiB, and an
# image with CUDA holds more files than that.
#
#   package-sbom.sh SBOM
set -euo pipefail

if [[ $# -ne 1 ]]; then
  echo "usage: package-sbom.sh SBOM" >&2
  exit 2
fi
most=$((16 * 1024 * 1024))
jq --compact-output '
  ([.files[]?.SPDXID] | map({(.): true}) | add // {}) as $files
  | del(.files)
  | .packages |= map(del(.hasFiles))
  | .relationships |= map(select(($files[.spdxElementId] or $files[.relatedSpdxElement]) | not))' "$1" > "$1.packages"
mv "$1.packages" "$1"
size=$(wc -c < "$1" | tr -d ' ')
echo "$(jq '.packages | length' "$1") packages, $size bytes"
if [[ $size -gt $most ]]; then
  echo "$1 has $size bytes, more than the $most that can be attested" >&2
  exit 1
fi
