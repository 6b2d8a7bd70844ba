#!/usr/bin/env bash
# Prints one output of a deployed stack, or nothing if there is no such stack.
#
#   stack-output.sh service ImageDigest
set -euo pipefail

if [[ $# -ne 2 ]]; then
  echo "usage: stack-output.sh STACK OUTPUT" >&2
  exit 2
fi
value=$(aws cloudformation describe-stacks --stack-name "${PROJECT:-scibert}-$1" \
  --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue | [0]" --output text 2>/dev/null || true)
if [[ -n $value && $value != None ]]; then
  echo "$value"
fi
