#!/usr/bin/env bash
# compare.sh STORE NAME TEXTS [THREADS [ROWS [TOKENS [ROUNDS]]]]: latency and logits beside ONNX Runtime's, as tables in
# Markdown. STORE is a folder that the training job published NAME to; TEXTS is a file of JSON Lines with "text";
# THREADS, ROWS and TOKENS are lists with commas, by default 1,2 and 1,8 and 16,32,64,128,256,512; ROUNDS is 7. Two
# threads are timed by the clock and want a machine that does nothing else.
set -euo pipefail
store=$(realpath "$1")
texts=$(realpath "$3")
cd "$(dirname "$0")/../../.."
mvn -q -B -ntp -Ppeers -f ../../pom.xml -pl src/peers -am package -DskipTests >&2
export OPT_OUT_TRACKING=true DJL_OFFLINE=true
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "target/peers-runner.jar:target/lib/*" \
  org.scibert.peers.Comparison "$store" "$2" "$texts" \
  "${4:-1,2}" "${5:-1,8}" "${6:-16,32,64,128,256,512}" "${7:-7}"
