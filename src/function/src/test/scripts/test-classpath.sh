#!/usr/bin/env bash
# Compiles the tests and prints their class path.
set -euo pipefail
cd "$(dirname "$0")/../../.."
mvn -q -B -ntp -f ../../pom.xml -pl src/function -am package -DskipTests -Dquarkus.build.skip=true \
  dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath >&2
echo "target/test-classes:target/classes:$(cat target/test-classpath)"
