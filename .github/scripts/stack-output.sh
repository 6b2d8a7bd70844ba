#!/usr/bin/env bash
# Prints one output of a deployed stack, or nothing if there is no such stack or output. Runs with bash 3.2.
#
#   stack-output.sh service ImageDigest
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "usage: stack-output.sh STACK OUTPUT" >&2
  exit 2
fi
error=$(mktemp)
trap 'rm -f "$error"' EXIT
if ! value=$(aws cloudformation describe-stacks --stack-name "${PROJECT:-scibert}-$1" \
  --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue | [0]" --output text 2> "$error"); then
  if grep -q 'does not exist' "$error"; then
    exit 0
  fi
  cat "$error" >&2
  exit 1
fi
if [[ -n $value && $value != None ]]; then
  echo "$value"
fi
