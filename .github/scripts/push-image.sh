#!/usr/bin/env bash
# Builds an image, pushes it under this commit's name and prints its digest. A commit that was pushed before keeps its
# image: tags can't be moved, so a second run of a workflow finds the first one's.
#
#   push-image.sh function|training DOCKERFILE CONTEXT
#
# REGISTRY  the account's container registry, signed in to
# COMMIT    the commit's full hash
set -euo pipefail

if [[ $# -ne 3 ]]; then
  echo "usage: push-image.sh function|training DOCKERFILE CONTEXT" >&2
  exit 2
fi
repository="${PROJECT:-scibert}/$1"
digest() {
  aws ecr batch-get-image --repository-name "$repository" --image-ids "imageTag=$COMMIT" \
    --query 'images[0].imageId.imageDigest' --output text
}

found=$(digest)
if [[ $found == None ]]; then
  revision=()
  if [[ $1 == training ]]; then
    # The job writes it into each release's provenance.
    revision=(--build-arg "CODE_REVISION=$COMMIT")
  fi
  # Lambda takes plain image manifests only, not the lists that come with provenance; that is attested beside it.
  docker build --provenance=false ${revision[@]+"${revision[@]}"} --file "$2" \
    --tag "$REGISTRY/$repository:$COMMIT" "$3" >&2
  docker push "$REGISTRY/$repository:$COMMIT" >&2
  found=$(digest)
fi
if [[ ! $found =~ ^sha256:[0-9a-f]{64}$ ]]; then
  echo "$repository has no image for $COMMIT after the push, but \"$found\"" >&2
  exit 1
fi
echo "$found"
