#!/bin/sh
# Serves HTTP, or Lambda where there is Lambda's Runtime API. JAVA_OPTIONS are the JVM's; -Xmx256m is Java's part of the
# memory, the network's lies outside of it.
set -eu
cd "$(dirname "$0")"
# shellcheck disable=SC2086 # several options, separated by spaces
set -- -XX:AOTCache=function.aot -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED ${JAVA_OPTIONS:--Xmx256m}
if [ -n "${AWS_LAMBDA_RUNTIME_API:-}" ]; then
  export QUARKUS_HTTP_HOST_ENABLED=false
  exec java "$@" -cp function-runner.jar com.amazonaws.services.lambda.runtime.api.client.AWSLambda \
    io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest
fi
exec java "$@" -jar function-runner.jar
