#!/usr/bin/env bash
# first-answer.sh STORE NAME [ROUNDS]: what a cold start costs, from the start of the process to its first right answer:
# the jar in turns with those there are of native executable (mvn -Pnative package: target/function-runner) and AOT
# cache (RehearsalIT on JDK 25: target/function.aot), each fetching the model from an S3 server. STORE is a folder that
# the training job published NAME to. Wants target/function-runner.jar. MODEL_PRECISION is handed down.
set -euo pipefail
cd "$(dirname "$0")/../../.."
store=$(realpath "$1")
classpath=$(src/test/scripts/test-classpath.sh)
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx3g --enable-native-access=ALL-UNNAMED -cp "$classpath" \
  org.scibert.function.FirstAnswer "$store" "$2" "${3:-5}"
