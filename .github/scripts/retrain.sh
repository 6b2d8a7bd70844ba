#!/usr/bin/env bash
# Submits the training job, waits for its end and writes the job's result, its last line of output, to a file.
#
#   retrain.sh RESULT
#
# POLL_SECONDS  between two looks, 60 unless given
# Ends with 0 if the job did; with 1 otherwise. The job goes on if this script is ended.
set -euo pipefail

if [[ $# -ne 1 ]]; then
  echo "usage: retrain.sh RESULT" >&2
  exit 2
fi
name="${PROJECT:-scibert}-training"
look() {
  aws batch describe-jobs --jobs "$job" --query "$1" --output text
}

job=$(aws batch submit-job --job-name "$name-${GITHUB_RUN_ID:-by-hand}" --job-queue "$name" --job-definition "$name" \
  --query jobId --output text)
echo "job $job"
last=
while true; do
  status=$(look 'jobs[0].status')
  if [[ $status != "$last" ]]; then
    echo "$(date -u +%H:%M:%S) $status"
    last=$status
  fi
  case $status in
    SUCCEEDED) break ;;
    FAILED)
      echo "the job failed: $(look 'jobs[0].[statusReason,container.exitCode,container.reason]')" >&2
      exit 1 ;;
  esac
  sleep "${POLL_SECONDS:-60}"
done

stream=$(look 'jobs[0].container.logStreamName')
aws logs get-log-events --log-group-name "/${PROJECT:-scibert}/training" --log-stream-name "$stream" --limit 100 \
  --query 'events[].message' --output json |
  jq --exit-status '[.[] | fromjson? | objects | select(has("version"))] | last' > "$1" || {
    echo "the job's log $stream does not end with its result" >&2
    exit 1
  }
