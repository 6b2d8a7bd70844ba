#!/bin/sh
# rehearse.sh STORE: in the folder of function-runner.jar, serves a small model and writes what the JVM learned to
# function.aot, from which later starts take their classes loaded and linked.
# STORE is a folder with a model named "tiny", as the integration tests leave it in target/rehearsal.
set -eu
port=18080
MODEL_STORE=file:$1 MODEL_NAME=tiny MODEL_CACHE=$(mktemp -d) QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$port \
  java -XX:AOTCacheOutput=function.aot -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -jar function-runner.jar &
function=$!
ask() { curl -fsS -o /dev/null "$@"; }
until ask "http://127.0.0.1:$port/q/health/ready" 2>/dev/null; do
  kill -0 $function
  sleep 1
done
ask -H 'Content-Type: application/json' -d '{"texts": ["One text.", "Another one."]}' "http://127.0.0.1:$port/classify"
ask -H 'Content-Type: application/json' -d '{"text": "One text."}' "http://127.0.0.1:$port/tokenize"
ask "http://127.0.0.1:$port/model"
kill $function
wait $function || [ $? -eq 143 ]
ls -l function.aot
