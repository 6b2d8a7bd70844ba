#!/usr/bin/env bash
# closed-loop.sh STORE NAME [OPTION=VALUE…]: answers a second, p50 and p99 of the jar over HTTP with 1, 2, 8, 16 and 32
# clients that each send a text of 38 or 200 tokens as soon as they have the last answer. STORE is a folder that the
# training job published NAME to. closed-loop.sh ADDRESS [OPTION=VALUE…] asks a server that runs already, such as
# http://localhost:8080/classify; another one by field=inputs, for example. ClosedLoop's first lines have the options.
# Wants target/function-runner.jar; variables such as OMP_NUM_THREADS are handed down to it.
set -euo pipefail
cd "$(dirname "$0")/../../.."
case "$1" in
  http:*) target=("$1") && shift ;;
  *) target=("$(realpath "$1")" "$2") && shift 2 ;;
esac
classpath=$(src/test/scripts/test-classpath.sh)
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -cp "$classpath" \
  org.scibert.function.ClosedLoop "${target[@]}" -- "$@"
