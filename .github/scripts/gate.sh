#!/usr/bin/env bash
# Says whether a training job's result is good enough, and whether its release is in service.
#
#   gate.sh RESULT SPLIT METRIC MINIMUM     for example: gate.sh result.json test prAuc 0.55
#
# The floor below which a person should look at the data, and perhaps put the release before back in service.
set -euo pipefail

if [[ $# -ne 4 ]]; then
  echo "usage: gate.sh RESULT SPLIT METRIC MINIMUM" >&2
  exit 2
fi
version=$(jq --raw-output .version "$1")
jq --raw-output 'select(has("promoted"))
  | "\(.version) is \(if .promoted then "" else "published and not " end)in service: \(.reason)"' "$1"
score=$(jq --arg split "$2" --arg metric "$3" '.[$split][$metric] | numbers' "$1")
if [[ -z $score ]]; then
  echo "$1 has no $3 on $2; it has: $(jq --compact-output --arg split "$2" '.[$split] // . | keys' "$1")" >&2
  exit 2
fi
echo "$version: $3 on $2 is $score, at least $4 is asked for"
jq --exit-status --null-input --argjson score "$score" --argjson minimum "$4" '$score >= $minimum' > /dev/null
