#!/usr/bin/env bash
# Writes the digest of each base image behind its tag in the Dockerfiles, so that a build takes exactly that image. Run
# it again to take up a tag's newest image, and commit the difference. Runs with bash 3.2; needs Docker with buildx.
#
#   pin-bases.sh [DOCKERFILE…]
set -euo pipefail

if [[ $# -eq 0 ]]; then
  cd "$(dirname "$0")/../.."
  set -- src/function/src/main/docker/Dockerfile.jvm src/function/src/main/docker/Dockerfile.native \
    training-job/Dockerfile
fi
for file; do
  while read -r image; do
    tag=${image%@*}
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$tag")
    if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
      echo "the registry gives \"$digest\" for $tag, which is no digest" >&2
      exit 1
    fi
    text=$(cat "$file")
    printf '%s\n' "${text//"=$image"/=$tag@$digest}" > "$file"
    echo "$file: $tag@$digest"
  done < <(grep -o '^ARG [A-Z_]*IMAGE=.*' "$file" | cut -d= -f2-)
done
