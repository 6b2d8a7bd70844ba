#!/usr/bin/env bash
# trial-cost.sh STORE NAME [REQUESTS]: what drift and a candidate on trial cost a request, in microseconds without HTTP:
# five rounds of 400 requests unless told otherwise, of one text each. STORE is a folder that the training job published
# NAME to.
set -euo pipefail
cd "$(dirname "$0")/../../.."
store=$(realpath "$1")
classpath=$(src/test/scripts/test-classpath.sh)
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -cp "$classpath" \
  org.scibert.function.TrialCost "file:$store" "$2" "${3:-400}"
