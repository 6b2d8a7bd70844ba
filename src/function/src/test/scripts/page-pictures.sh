#!/usr/bin/env bash
# page-pictures.sh ADDRESS [FOLDER]: the README's pictures of the page, page-light.png and page-dark.png, taken in
# headless Chromium from the function at ADDRESS, such as http://localhost:8080/. Start it on the quickstart's release.
set -euo pipefail
cd "$(dirname "$0")/../../.."
classpath=$(src/test/scripts/test-classpath.sh)
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classpath" org.scibert.function.PagePictures "$1" "${2:-docs}"
