#!/usr/bin/env bash
# Ends with a sentence if the AWS command line or jq is missing, or too old for what the scripts ask of it: conditional
# writes (--if-match), and change sets that take up what an earlier stack left (--import-existing-resources).
set -euo pipefail

if ! command -v jq > /dev/null; then
  echo "jq is not installed; install it with your package manager" >&2
  exit 2
fi
if ! version=$(aws --version 2>&1); then
  echo "the AWS command line is not installed; install version 2.23 or newer" >&2
  exit 2
fi
if [[ ! $version =~ ^aws-cli/([0-9]+)\.([0-9]+)\. ]]; then
  echo "\"aws --version\" says \"$version\"; the AWS command line 2.23 or newer is needed" >&2
  exit 2
fi
major=${BASH_REMATCH[1]}
minor=${BASH_REMATCH[2]}
# Version 1 is still released beside version 2, with the same options since 1.37.
if [[ $major -eq 2 && $minor -lt 23 || $major -eq 1 && $minor -lt 37 ]]; then
  echo "the AWS command line is version $major.$minor; 2.23 or newer is needed" >&2
  exit 2
fi
