#!/usr/bin/env bash
# Screens a JSON-lines file with the deployed function, and gathers the results.
#
#   screen.sh start RUN FILE     prints what it will cost, asks, then starts; again after a stop: only what is missing
#   screen.sh collect RUN FILE   writes one line for each row, in the file's order; fails if rows are missing
#
# DATA_BUCKET, STORE_BUCKET  of the foundation
# MODEL_NAME, PROJECT        "scibert" unless given
# SECONDS_PER_TEXT           what a text takes in the function, for the estimate; 0.25 unless given
# YES                        if "true", nothing is asked
# Runs with bash 3.2.
set -euo pipefail

action=${1:-}
if [[ ! ($action == start || $action == collect) || $# -ne 3 || ! $2 =~ ^[A-Za-z0-9_-]{1,60}$ ]]; then
  echo "usage: screen.sh start|collect RUN FILE   (RUN: letters, digits, - and _)" >&2
  exit 2
fi
run="screening/$2"
version=$(aws s3 cp "s3://$STORE_BUCKET/models/${MODEL_NAME:-scibert}/current.json" - | jq --raw-output .version)

# macOS has no sha256sum.
digest() {
  (sha256sum "$1" 2> /dev/null || shasum -a 256 "$1") | cut -d' ' -f1
}

start() {
  local rows bad
  # A line that is no JSON would end the run when it is read.
  bad=$(jq --raw-input --raw-output \
    'select((try (fromjson | type) catch "none") != "object") | input_line_number' "$1" | head -n 1)
  if [[ -n $bad ]]; then
    echo "$1, line $bad is not a JSON object; write one object with \"text\" a line" >&2
    exit 2
  fi
  rows=$(grep -c '' "$1")
  # Prices of us-east-1, 22 November 2026: 2.94 GB of function at 0.0000166667 a second; for a batch of 32 three
  # requests to S3 and one short execution.
  jq --null-input --raw-output --argjson rows "$rows" --argjson seconds "${SECONDS_PER_TEXT:-0.25}" '
    ($rows / 32 | ceil) as $batches
    | ($rows * $seconds * 2.94 * 0.0000166667) as $function
    | ($batches * (0.000005 * 2 + 0.0000004 + 0.000001 + 0.00005)) as $engine
    | "\($rows) rows in \($batches) batches: about \(($function + $engine) * 100 | ceil / 100) US dollars, "
      + "of which the function \($function * 100 | ceil / 100) at \($seconds) s a text"'
  if [[ ${YES:-} != true ]]; then
    read -r -p "Start? [y/N] " answer
    [[ $answer == y ]] || exit 1
  fi
  # A run keeps its file: rows are told apart by their place in it.
  local sum
  sum=$(digest "$1")
  if ! aws s3api put-object --bucket "$DATA_BUCKET" --key "$run/input-$sum.jsonl" --body "$1" \
    --if-none-match '*' > /dev/null 2> "$folder/error" && ! grep -q PreconditionFailed "$folder/error"; then
    cat "$folder/error" >&2
    exit 1
  fi
  aws stepfunctions start-execution --query executionArn --output text \
    --state-machine-arn "$("$(dirname "$0")/../../.github/scripts/stack-output.sh" screening StateMachine)" \
    --input "$(jq --null-input --compact-output --arg run "$run" --arg sum "$sum" --arg version "$version" \
      '{key: "\($run)/input-\($sum).jsonl", prefix: "\($run)/\($sum)", version: $version}')"
}

collect() {
  local sum rows
  sum=$(digest "$1")
  rows=$(grep -c '' "$1")
  aws s3 cp --recursive --quiet "s3://$DATA_BUCKET/$run/$sum/$version/" "$folder/parts/"
  find "$folder/parts" -name '*.json' -exec cat {} + |
    jq --slurp --compact-output --arg version "$version" \
      'map(.rows[], .failed[]) | unique_by(.row)[] | . + {version: $version}' > "$folder/results"
  cat "$folder/results"
  local found failed
  found=$(grep -c '' "$folder/results" || true)
  failed=$(grep -c '"error":' "$folder/results" || true)
  echo "$found of $rows rows, $failed of them refused" >&2
  [[ $found -eq $rows ]]
}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/parts"
"$action" "$3"
