#!/usr/bin/env bash
# steady-load.sh STORE NAME [SECONDS]: 32 clients at once against the jar over HTTP, for 60 s unless told otherwise: the
# answers by status, p50 and p99, its memory before and after; then 8 clients and 32 in turns: what those that ignore
# Retry-After leave of the answers. STORE is a folder that the training job published NAME to. Wants
# target/function-runner.jar; JAVA_OPTIONS are the function's, by default those of the image.
set -euo pipefail
cd "$(dirname "$0")/../../.."
store=$(realpath "$1")
classpath=$(src/test/scripts/test-classpath.sh)
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
# shellcheck disable=SC2086 # several options, separated by spaces
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classpath" \
  org.scibert.function.SteadyLoad "$store" "$2" "${3:-60}" ${JAVA_OPTIONS:--Xmx256m -XX:+UseSerialGC}
