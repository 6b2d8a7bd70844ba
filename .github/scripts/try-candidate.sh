#!/usr/bin/env bash
# Puts a release on trial beside the one in service, watches it, and promotes or withdraws it.
#
#   try-candidate.sh VERSION SHARE|shadow MINUTES TEXTS
#
# It is withdrawn as soon as a function withdraws or refuses it (their metric CandidateWithdrawn), and after MINUTES if
# the functions have read fewer than TEXTS with it; else it is promoted. A run that is stopped withdraws it too.
# STORE_BUCKET, MODEL_NAME  as for point.sh
# PROJECT                   the prefix of all names, "scibert" unless given
# POLL_SECONDS              between two looks, 60 unless given
# Exit status 0 if it was promoted, 1 if it was withdrawn.
set -euo pipefail

if [[ $# -ne 4 || ! $3 =~ ^[1-9][0-9]{0,2}$ || ${3:-0} -gt 300 || ! $4 =~ ^[0-9]{1,6}$ ]]; then
  echo "usage: try-candidate.sh VERSION SHARE|shadow MINUTES TEXTS" >&2
  exit 2
fi
scripts=$(cd "$(dirname "$0")" && pwd)
project=${PROJECT:-scibert}
model=${MODEL_NAME:-scibert}
pinned=$("$scripts/stack-output.sh" service ModelVersion)
if [[ -n $pinned && $pinned != current ]]; then
  echo "the function is pinned to $pinned and follows no candidate; run the workflow \"deploy\" with model" \
    "\"current\"" >&2
  exit 1
fi

# measured METRIC STATISTIC QUERY: of all functions since the trial began
measured() {
  aws cloudwatch get-metric-statistics --namespace "$project" --metric-name "$1" \
    --dimensions "Name=Model,Value=$model" --start-time "$start" --end-time "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    --period 86400 --statistics "$2" --query "$3" --output text
}

start=$(date -u +%Y-%m-%dT%H:%M:%SZ)
version=$("$scripts/point.sh" candidate "$1" "$2")
echo "$version is on trial ($2) for $3 minutes"
# Whatever ends this run before its verdict: nobody would watch the candidate any more.
trap '"$scripts/point.sh" withdraw > /dev/null || true' EXIT

rounds=$(($3 * 60 / ${POLL_SECONDS:-60}))
for ((round = 0; round < rounds; round++)); do
  sleep "${POLL_SECONDS:-60}"
  # "None" while no function has said anything.
  if [[ $(measured CandidateWithdrawn Maximum 'max(Datapoints[].Maximum)') == 1* ]]; then
    echo "$version is withdrawn: a function has withdrawn or refused it; GET /model and the log say why"
    exit 1
  fi
done

texts=$(measured CandidateTexts Sum 'sum(Datapoints[].Sum)')
if ! jq --exit-status --null-input "$texts >= $4" > /dev/null; then
  echo "$version is withdrawn: it has read ${texts%.*} texts, fewer than $4, which is too few to judge it by"
  exit 1
fi
"$scripts/point.sh" promote > /dev/null
trap - EXIT
echo "In service: $version, after ${texts%.*} texts on trial"
