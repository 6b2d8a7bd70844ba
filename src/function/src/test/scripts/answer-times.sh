#!/usr/bin/env bash
# answer-times.sh STORE NAME [CALLS]: what a warm call on Lambda takes, native executable and jar in turns, for one text
# of 32 and one of 256 tokens: median and 95th percentile. STORE is a folder that the training job published NAME to.
# Wants target/function-runner (mvn -Pnative package), target/function-runner.jar, or both.
set -euo pipefail
cd "$(dirname "$0")/../../.."
store=$(realpath "$1")
classpath=$(src/test/scripts/test-classpath.sh)
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
# Without nodelay the stand-in for Lambda holds each event back for the 40 ms of a delayed ACK.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx3g --enable-native-access=ALL-UNNAMED \
  -Dsun.net.httpserver.nodelay=true -cp "$classpath" \
  org.scibert.function.AnswerTimes "$store" "$2" "${3:-100}"
