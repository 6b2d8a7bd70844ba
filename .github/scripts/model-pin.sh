#!/usr/bin/env bash
# Says which model a deployment pins, as a line for $GITHUB_ENV; nothing leaves the choice to infra/settings.properties.
# A model that was pinned in the running stack stays, whatever the settings say: the workflow *rollback* may have put it
# there, and a later deployment of code must not take it away.
#
#   model-pin.sh [keep|current|VERSION]     current follows the pointer again, VERSION pins that release
set -euo pipefail

asked=${1:-keep}
case $asked in
  keep)
    running=$("$(dirname "$0")/stack-output.sh" service ModelVersion)
    if [[ -n $running && $running != current ]]; then
      echo "the function stays with the model that it is pinned to, $running; to change it, run the workflow" \
        "\"rollback\", or \"deploy\" with a model" >&2
      echo "INFRA_MODEL_VERSION=$running"
    fi ;;
  # An empty variable wins over the file and means none.
  current) echo "INFRA_MODEL_VERSION=" ;;
  *)
    if [[ ! $asked =~ ^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$ ]]; then
      echo "\"$asked\" is not a version such as 20261122T145400Z-1a2b3c4d, nor \"keep\" or \"current\"" >&2
      exit 2
    fi
    echo "INFRA_MODEL_VERSION=$asked" ;;
esac
