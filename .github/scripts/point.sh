#!/usr/bin/env bash
# Puts a published release in service, or goes back to the one before. Functions that follow the pointer take it up
# within their MODEL_REFRESH.
#
#   point.sh promote VERSION
#   point.sh rollback
#
# STORE_BUCKET  the models bucket
# MODEL_NAME    "scibert" unless given
# Runs with bash 3.2. Prints the version that is in service afterwards. Fails, and changes nothing, if somebody moves the pointer meanwhile.
set -euo pipefail

action=${1:-}
if [[ ! ($action == promote && $# -eq 2) && ! ($action == rollback && $# -eq 1) ]]; then
  echo "usage: point.sh promote VERSION | point.sh rollback" >&2
  exit 2
fi
model=${MODEL_NAME:-scibert}
pointer="models/$model/current.json"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# get KEY FILE: prints the object's tag; fails if it is not there
get() {
  aws s3api get-object --bucket "$STORE_BUCKET" --key "$1" --query ETag --output text "$2"
}

current=null
condition=(--if-none-match '*')
if tag=$(get "$pointer" "$folder/current.json" 2> "$folder/error"); then
  current=$(jq .version "$folder/current.json")
  condition=(--if-match "$tag")
elif ! grep -q NoSuchKey "$folder/error"; then
  cat "$folder/error" >&2
  exit 1
fi

if [[ $action == promote ]]; then
  version=$2
elif [[ $current == null ]]; then
  echo "$model has no release in service, so there is none to go back from" >&2
  exit 1
else
  version=$(jq --raw-output '.previous // ""' "$folder/current.json")
  if [[ -z $version ]]; then
    echo "$model $current is the first release in service; there is none before it" >&2
    exit 1
  fi
fi
if [[ $current == "\"$version\"" ]]; then
  echo "$version"
  exit 0
fi

if ! get "models/$model/releases/$version/manifest.json" "$folder/manifest.json" > /dev/null; then
  echo "$model $version has no manifest: it was not published to the end" >&2
  exit 1
fi
if [[ $(jq --raw-output '"\(.name) \(.version)"' "$folder/manifest.json") != "$model $version" ]]; then
  echo "the manifest of $model $version is another release's: $(jq --compact-output '[.name, .version]' "$folder/manifest.json")" >&2
  exit 1
fi
# macOS has no sha256sum.
sha256=$( (sha256sum "$folder/manifest.json" 2> /dev/null || shasum -a 256 "$folder/manifest.json") | cut -d' ' -f1)
jq --null-input --arg name "$model" --arg version "$version" --arg sha256 "$sha256" --argjson previous "$current" \
  --arg now "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  '{name: $name, version: $version, manifestSha256: $sha256, previous: $previous, promotedAt: $now}' \
  > "$folder/next.json"
aws s3api put-object --bucket "$STORE_BUCKET" --key "$pointer" --body "$folder/next.json" \
  --content-type application/json ${condition[@]+"${condition[@]}"} > /dev/null
echo "$version"
