#!/usr/bin/env bash
# Puts a published release in service, goes back to the one before, or puts one on trial beside it. Functions that
# follow the pointer take it up within their MODEL_REFRESH.
#
#   point.sh promote [VERSION]               the release on trial unless one is named
#   point.sh rollback
#   point.sh candidate VERSION SHARE|shadow  a share from 0.001 to 0.5 of the texts, or compared only
#   point.sh withdraw
#
# STORE_BUCKET  the models bucket
# MODEL_NAME    "scibert" unless given
# Runs with bash 3.2. Prints the version that is in service afterwards, or that was put on trial or withdrawn. Fails,
# and changes nothing, if somebody moves the pointer meanwhile.
set -euo pipefail

action=${1:-}
case "$action $#" in
  "promote 1" | "promote 2" | "rollback 1" | "candidate 3" | "withdraw 1") ;;
  *)
    echo "usage: point.sh promote [VERSION] | rollback | candidate VERSION SHARE|shadow | withdraw" >&2
    exit 2 ;;
esac
model=${MODEL_NAME:-scibert}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# get KEY FILE: prints the object's tag; fails if it is not there
get() {
  aws s3api get-object --bucket "$STORE_BUCKET" --key "$1" --query ETag --output text "$2"
}

# read_pointer NAME: brings models/MODEL/NAME.json and its tag, or leaves both away if it is not there
read_pointer() {
  if get "models/$model/$1.json" "$folder/$1.json" > "$folder/$1.tag" 2> "$folder/error"; then
    return
  fi
  rm -f "$folder/$1.json" "$folder/$1.tag"
  if ! grep -q NoSuchKey "$folder/error"; then
    cat "$folder/error" >&2
    exit 1
  fi
}

# swap NAME: writes $folder/next.json over models/MODEL/NAME.json if that is still what was read
swap() {
  local condition=(--if-none-match '*')
  if [[ -f $folder/$1.tag ]]; then
    condition=(--if-match "$(cat "$folder/$1.tag")")
  fi
  aws s3api put-object --bucket "$STORE_BUCKET" --key "models/$model/$1.json" --body "$folder/next.json" \
    --content-type application/json ${condition[@]+"${condition[@]}"} > /dev/null
}

# digest VERSION: the SHA-256 of its manifest; fails unless it was published to the end
digest() {
  if ! get "models/$model/releases/$1/manifest.json" "$folder/manifest.json" > /dev/null; then
    echo "$model $1 has no manifest: it was not published to the end" >&2
    exit 1
  fi
  if [[ $(jq --raw-output '"\(.name) \(.version)"' "$folder/manifest.json") != "$model $1" ]]; then
    echo "the manifest of $model $1 is another release's:" \
      "$(jq --compact-output '[.name, .version]' "$folder/manifest.json")" >&2
    exit 1
  fi
  # macOS has no sha256sum.
  (sha256sum "$folder/manifest.json" 2> /dev/null || shasum -a 256 "$folder/manifest.json") | cut -d' ' -f1
}

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

# on_trial: prints the version on trial, or nothing
on_trial() {
  if [[ -f $folder/candidate.json ]]; then
    jq --raw-output 'if .endedAt == null then .version else "" end' "$folder/candidate.json"
  fi
}

end_trial() {
  jq --arg now "$now" '.endedAt = $now' "$folder/candidate.json" > "$folder/next.json"
  swap candidate
}

read_pointer candidate
candidate=$(on_trial)
if [[ $action == withdraw || ($action == promote && $# -eq 1) ]] && [[ -z $candidate ]]; then
  echo "no release of $model is on trial" >&2
  exit 1
fi
if [[ $action == withdraw ]]; then
  end_trial
  echo "$candidate"
  exit 0
fi

current=null
read_pointer current
if [[ -f $folder/current.json ]]; then
  current=$(jq .version "$folder/current.json")
fi

case $action in
  candidate)
    if [[ ! $3 =~ ^(shadow|0\.[0-9]{1,3})$ ]] || {
      [[ $3 != shadow ]] && ! jq --exit-status --null-input "$3 > 0 and $3 <= 0.5" > /dev/null
    }; then
      echo "\"$3\" is neither a share from 0.001 to 0.5 nor \"shadow\"" >&2
      exit 2
    fi
    if [[ $current == null || $current == "\"$2\"" ]]; then
      echo "$current of $model is in service: a candidate is another release beside one in service" >&2
      exit 1
    fi
    sha256=$(digest "$2")
    share=$3
    if [[ $share == shadow ]]; then
      share=null
    fi
    jq --null-input --arg name "$model" --arg version "$2" --arg sha256 "$sha256" --argjson share "$share" \
      --arg now "$now" \
      '{name: $name, version: $version, manifestSha256: $sha256, share: $share, startedAt: $now, endedAt: null}' \
      > "$folder/next.json"
    swap candidate
    echo "$2"
    exit 0 ;;
  promote)
    version=${2:-$candidate} ;;
  rollback)
    if [[ $current == null ]]; then
      echo "$model has no release in service, so there is none to go back from" >&2
      exit 1
    fi
    version=$(jq --raw-output '.previous // ""' "$folder/current.json")
    if [[ -z $version ]]; then
      echo "$model $current is the first release in service; there is none before it" >&2
      exit 1
    fi ;;
esac
if [[ $current != "\"$version\"" ]]; then
  sha256=$(digest "$version")
  jq --null-input --arg name "$model" --arg version "$version" --arg sha256 "$sha256" --argjson previous "$current" \
    --arg now "$now" \
    '{name: $name, version: $version, manifestSha256: $sha256, previous: $previous, promotedAt: $now}' \
    > "$folder/next.json"
  swap current
fi
if [[ $version == "$candidate" ]]; then
  end_trial
fi
echo "$version"
