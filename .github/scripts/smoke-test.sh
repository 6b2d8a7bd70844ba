#!/usr/bin/env bash
# Asks the deployed function to classify one sentence, with a signed request, and checks the answer. Where the address
# wants a key, which nobody here has, the question goes to the function without the address.
#
# PROJECT  the prefix of all names, "scibert" unless given
# AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN  short-lived, from the workflow's role
set -euo pipefail

url=$("$(dirname "$0")/stack-output.sh" service Url)
if [[ -z $url ]]; then
  echo "the service stack has no Url; is it deployed?" >&2
  exit 1
fi
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

question='{"text":"We study whether exercise reduces anxiety in rodents."}'
# The keys go in by standard input: a command line can be read by every process of the machine.
status=$(curl --silent --show-error --config - --output "$answer" --write-out '%{http_code}' \
  --retry 3 --retry-delay 5 --max-time 90 --aws-sigv4 "aws:amz:$AWS_REGION:lambda" \
  --header 'content-type: application/json' \
  --data "$question" "${url%/}/classify" << CONFIG
user = "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"
header = "x-amz-security-token: $AWS_SESSION_TOKEN"
CONFIG
)

if [[ $status == 401 ]] && jq --exit-status '.error.code == "unauthorized"' "$answer" > /dev/null; then
  echo "the address wants a key"
  aws lambda invoke --function-name "${PROJECT:-scibert}-classify:live" --cli-binary-format raw-in-base64-out \
    --payload "$question" "$answer" > /dev/null
  status=200
fi
if [[ $status != 200 ]]; then
  echo "the function answered $status: $(head -c 500 "$answer")" >&2
  exit 1
fi
if ! jq --exit-status '(.results[0].label | type == "string")
    and (.results[0].probability | type == "number" and . >= 0 and . <= 1)
    and (.model.version | type == "string")' "$answer" > /dev/null; then
  echo "the function's answer has no label, probability or version: $(head -c 500 "$answer")" >&2
  exit 1
fi
jq --raw-output '"\(.model.name) \(.model.version) answers: \(.results[0].label)"' "$answer"
