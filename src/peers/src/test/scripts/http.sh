#!/usr/bin/env bash
# http.sh STORE NAME [SECONDS [CLIENTS [SENTENCES]]]: answers a second, p50 and p99 over HTTP, closed loop, of the
# function and of the function with ONNX Runtime in the network's place, in fp32 and int8, in turns. STORE is a folder
# that the training job published NAME to; SECONDS of each measurement are 3, CLIENTS 1,2,8,16, SENTENCES "2 12", which
# are 38 and 200 tokens. Wants a machine that does nothing else. PEER_THREADS is the number of ONNX Runtime's threads in
# a call; other variables are handed down as they are.
set -euo pipefail
store=$(realpath "$1")
cd "$(dirname "$0")/../../.."
if [ ! -e target/peers-runner.jar ] || [ ! -e ../function/target/test-classpath ]; then
  mvn -q -B -ntp -Ppeers -f ../../pom.xml -pl src/peers -am package -DskipTests >&2
  ../function/src/test/scripts/test-classpath.sh >/dev/null
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
export OPT_OUT_TRACKING=true DJL_OFFLINE=true MODEL_STORE="file:$store" MODEL_NAME=$2
servers=()
trap 'kill "${servers[@]}" 2>/dev/null' EXIT

# serve PORT PRECISION [PEER]
serve() {
  # Empty variables are unset ones.
  QUARKUS_HTTP_PORT=$1 MODEL_PRECISION=$2 PEER=${3:-} MODEL_CACHE=$(mktemp -d) "$java" -Xmx1g -XX:+UseSerialGC \
    --enable-native-access=ALL-UNNAMED -jar target/peers-runner.jar >"target/server-$1.log" 2>&1 &
  servers+=($!)
}
serve 8181 fp32
serve 8182 fp32 fp32
serve 8183 int8
serve 8184 fp32 int8
for port in 8181 8182 8183 8184; do
  timeout 120 bash -c "until curl -sf -o /dev/null http://localhost:$port/q/health/ready; do sleep 0.2; done" \
    || { cat "target/server-$port.log"; exit 1; }
done
cd ../function
for sentences in ${5:-2 12}; do
  for server in "8181 fp32" "8182 ONNX Runtime fp32" "8183 int8" "8184 ONNX Runtime int8"; do
    echo "${server#* }:"
    "$java" -Xmx256m -XX:+UseSerialGC -cp target/test-classes org.scibert.function.ClosedLoop \
      "http://localhost:${server%% *}/classify" -- "seconds=${3:-3}" "clients=${4:-1,2,8,16}" "sentences=$sentences"
  done
done
