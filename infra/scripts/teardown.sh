#!/usr/bin/env bash
# Deletes the stacks, in the order in which they can go. An administrator runs it. Runs with bash 3.2.
#
#   teardown.sh                the stacks; buckets and image repositories stay, with what is in them
#   teardown.sh everything     the buckets with every version of every object, and the images, as well
#
# PROJECT     "scibert" unless given
# AWS_REGION  the region
# YES         if "true", nothing is asked
set -euo pipefail

if [[ $# -gt 1 || ( $# -eq 1 && $1 != everything ) ]]; then
  echo "usage: teardown.sh [everything]" >&2
  exit 2
fi
"$(dirname "$0")/../../.github/scripts/require-aws.sh"
project=${PROJECT:-scibert}
account=$(aws sts get-caller-identity --query Account --output text)
region=${AWS_REGION:?set AWS_REGION to the region of the stacks}
error=$(mktemp)
trap 'rm -f "$error"' EXIT

if [[ ${YES:-} != true ]]; then
  echo "This deletes the stacks of $project in account $account, $region${1:+, and all rows, models and images}."
  read -r -p "Type the project's name to go on: " answer
  [[ $answer == "$project" ]] || exit 1
fi

# delete STACK [OPTION…]
delete() {
  local stack="$project-$1"
  shift
  if ! aws cloudformation describe-stacks --stack-name "$stack" > /dev/null 2> "$error"; then
    if grep -q 'does not exist' "$error"; then
      return
    fi
    cat "$error" >&2
    exit 1
  fi
  aws cloudformation delete-stack --stack-name "$stack" "$@"
  if ! aws cloudformation wait stack-delete-complete --stack-name "$stack"; then
    echo "$stack: not deleted. What failed:" >&2
    # shellcheck disable=SC2016 # the backticks are JMESPath's
    aws cloudformation describe-stack-events --stack-name "$stack" --max-items 100 --output text --query \
      'StackEvents[?ends_with(ResourceStatus, `FAILED`)].[Timestamp,LogicalResourceId,ResourceStatusReason]' >&2
    exit 1
  fi
  echo "$stack: deleted"
}

# empty BUCKET: every version of every object, a thousand at a time
empty() {
  local versions
  while true; do
    versions=$(aws s3api list-object-versions --bucket "$1" --max-items 1000 --output json |
      jq --compact-output '[.Versions[]?, .DeleteMarkers[]? | {Key, VersionId}] | select(length > 0)
        | {Objects: .[:1000], Quiet: true}')
    if [[ -z $versions ]]; then
      return
    fi
    aws s3api delete-objects --bucket "$1" --delete "$versions" > /dev/null
  done
}

delete gateway
delete screening
# GitHub made these two with the execution role, which is in the foundation: they go before it.
role="arn:aws:iam::$account:role/$project-cloudformation"
delete job --role-arn "$role"
delete service --role-arn "$role"
delete training
delete foundation
if [[ ${1:-} != everything ]]; then
  echo "The buckets $project-{models,data,access-logs}-$account-$region and the repositories" \
    "$project/{function,training} are still there; \"teardown.sh everything\" deletes them."
  exit 0
fi
for what in models data access-logs; do
  bucket="$project-$what-$account-$region"
  if aws s3api head-bucket --bucket "$bucket" > /dev/null 2>&1; then
    empty "$bucket"
    aws s3api delete-bucket --bucket "$bucket"
    echo "$bucket: deleted"
  fi
done
for repository in "$project/function" "$project/training"; do
  if aws ecr describe-repositories --repository-names "$repository" > /dev/null 2>&1; then
    aws ecr delete-repository --force --repository-name "$repository" > /dev/null
    echo "$repository: deleted"
  fi
done
