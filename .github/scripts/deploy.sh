#!/usr/bin/env bash
# Deploys one stack by a change set that is shown before it runs.
#
#   deploy.sh foundation|service|training|screening
#
# PROJECT         the prefix of all names, "scibert" unless given
# EXECUTION_ROLE  the role that CloudFormation takes on; without it CloudFormation acts as the caller
# SHOW_ONLY       if "true", the change set is shown and thrown away
# Credentials and region come from the environment, as the AWS command line reads them.
set -euo pipefail

if [[ $# -ne 1 ]]; then
  echo "usage: deploy.sh foundation|service|training|screening" >&2
  exit 2
fi
stack="${PROJECT:-scibert}-$1"
template="infra/target/cdk.out/$stack.template.json"
if [[ ! -f $template ]]; then
  echo "$template is not there; write it with: mvn -f infra/pom.xml -q compile exec:java" >&2
  exit 2
fi

status=$(aws cloudformation describe-stacks --stack-name "$stack" \
  --query 'Stacks[0].StackStatus' --output text 2>/dev/null || echo NONE)
case $status in
  NONE | REVIEW_IN_PROGRESS) type=CREATE ;;
  ROLLBACK_COMPLETE)
    echo "$stack failed when it was first created and can't be updated; delete it, then deploy again" >&2
    exit 1 ;;
  *) type=UPDATE ;;
esac

name="deploy-${GITHUB_RUN_ID:-$(date -u +%Y%m%d%H%M%S)}-${GITHUB_RUN_ATTEMPT:-1}-$RANDOM"
role=()
if [[ -n ${EXECUTION_ROLE:-} ]]; then
  role=(--role-arn "$EXECUTION_ROLE")
fi
aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$name" --change-set-type "$type" \
  --template-body "file://$template" --capabilities CAPABILITY_NAMED_IAM "${role[@]}" > /dev/null

if ! aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$name" 2>/dev/null; then
  reason=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" \
    --query StatusReason --output text)
  aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$name"
  case $reason in
    *"didn't contain changes"* | *"No updates are to be performed"*)
      echo "$stack: nothing to change"
      exit 0 ;;
  esac
  echo "$stack: the change set failed: $reason" >&2
  exit 1
fi

echo "$stack ($type):"
aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" \
  --query 'Changes[].ResourceChange.[Action,LogicalResourceId,ResourceType,Replacement]' --output text
if [[ ${SHOW_ONLY:-} == true ]]; then
  aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$name"
  exit 0
fi

aws cloudformation execute-change-set --stack-name "$stack" --change-set-name "$name"
if ! aws cloudformation wait "stack-${type,,}-complete" --stack-name "$stack"; then
  echo "$stack: not deployed; CloudFormation has gone back to what was there. What failed:" >&2
  # shellcheck disable=SC2016 # the backticks are JMESPath's
  aws cloudformation describe-stack-events --stack-name "$stack" --max-items 100 --output text --query \
    'StackEvents[?ends_with(ResourceStatus, `FAILED`)].[Timestamp,LogicalResourceId,ResourceStatusReason]' >&2
  exit 1
fi
echo "$stack: deployed"
