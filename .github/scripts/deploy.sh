#!/usr/bin/env bash
# Deploys one stack by a change set that is shown before it runs. Runs with bash 3.2, as macOS has it.
#
#   deploy.sh foundation|service|training|job|screening|gateway
#
# PROJECT         the prefix of all names, "scibert" unless given
# EXECUTION_ROLE  the role that CloudFormation takes on; without it CloudFormation acts as the caller
# SHOW_ONLY       if "true", the change set is shown and thrown away
# Credentials and region come from the environment, as the AWS command line reads them.
set -euo pipefail

case ${1:-} in
  foundation | service | training | job | screening | gateway) ;;
  *)
    echo "usage: deploy.sh foundation|service|training|job|screening|gateway" >&2
    exit 2 ;;
esac
scripts=$(cd "$(dirname "$0")" && pwd)
"$scripts/require-aws.sh"
what=$1
stack="${PROJECT:-scibert}-$what"
template="infra/target/cdk.out/$stack.template.json"
if [[ ! -f $template ]]; then
  echo "$template is not there; write it with: mvn -f infra/pom.xml -q compile exec:java" >&2
  exit 2
fi
error=$(mktemp)
trap 'rm -f "$error"' EXIT

role=()
if [[ -n ${EXECUTION_ROLE:-} ]]; then
  role=(--role-arn "$EXECUTION_ROLE")
fi

# Batch refuses a whole compute environment for one type that the region lacks, and only after minutes.
check_training() {
  local wanted there missing type
  wanted=$(jq --raw-output '[.. | objects | .InstanceTypes? // empty | .[]] | unique | join(" ")' "$template")
  there=$(aws ec2 describe-instance-type-offerings --location-type region \
    --filters "Name=instance-type,Values=${wanted// /,}" --query 'InstanceTypeOfferings[].InstanceType' --output text)
  missing=
  for type in $wanted; do
    case " $(tr '\t\n' '  ' <<< "$there") " in
      *" $type "*) ;;
      *) missing="$missing $type" ;;
    esac
  done
  if [[ -n $missing ]]; then
    echo "this region has no$missing; of training.instance-types ($wanted) it has: ${there:-none}." \
      "Set training.instance-types to types that it has and write the templates again" >&2
    exit 1
  fi
}

# An account holds one provider for GitHub; a second one fails after half of the stack is made.
check_foundation() {
  local provider
  if ! jq --exit-status '.Resources | any(.[]; .Type == "AWS::IAM::OIDCProvider")' "$template" > /dev/null; then
    return
  fi
  if aws cloudformation describe-stack-resources --stack-name "$stack" 2> /dev/null |
    grep -q AWS::IAM::OIDCProvider; then
    return
  fi
  provider=$(aws iam list-open-id-connect-providers --query 'OpenIDConnectProviderList[].Arn' --output text |
    tr '\t' '\n' | grep 'oidc-provider/token.actions.githubusercontent.com$' || true)
  if [[ -n $provider ]]; then
    echo "the account has GitHub's provider already; set github.provider-arn=$provider and write the templates" \
      "again" >&2
    exit 1
  fi
}

# Batches beyond the account's limit are throttled, and callers with them.
check_screening() {
  local batches most
  batches=$(jq '[.Resources[] | select(.Type == "AWS::StepFunctions::StateMachine") | .Properties.DefinitionString
    | if type == "string" then fromjson.States.Screen.MaxConcurrency else empty end] | first // 0' "$template")
  most=$(aws lambda get-account-settings --query AccountLimit.UnreservedConcurrentExecutions --output text)
  if [[ $batches -ge $most ]]; then
    echo "screening.concurrency is $batches and the account runs $most calls at a time; set it lower, so that callers" \
      "have a place, or ask AWS for more" >&2
    exit 1
  fi
}

# The network's default security group lets its members talk to each other; nothing here is a member.
after_training() {
  local network group direction rules
  network=$("$scripts/stack-output.sh" training NetworkId)
  group=$(aws ec2 describe-security-groups --filters "Name=vpc-id,Values=$network" Name=group-name,Values=default \
    --query 'SecurityGroups[0].GroupId' --output text)
  if [[ -z $group || $group == None ]]; then
    echo "$stack: the network $network has no default security group to close"
    return
  fi
  for direction in ingress egress; do
    rules=$(aws ec2 describe-security-group-rules --filters "Name=group-id,Values=$group" --output text --query \
      "SecurityGroupRules[?IsEgress==\`$([[ $direction == egress ]] && echo true || echo false)\`].SecurityGroupRuleId")
    if [[ -n $rules && $rules != None ]]; then
      # shellcheck disable=SC2086 # several rules, separated by spaces
      aws ec2 "revoke-security-group-$direction" --group-id "$group" --security-group-rule-ids $rules > /dev/null
    fi
  done
}

if ! status=$(aws cloudformation describe-stacks --stack-name "$stack" \
  --query 'Stacks[0].StackStatus' --output text 2> "$error"); then
  if ! grep -q 'does not exist' "$error"; then
    cat "$error" >&2
    exit 1
  fi
  status=NONE
fi
case $status in
  NONE | REVIEW_IN_PROGRESS) type=CREATE ;;
  ROLLBACK_COMPLETE | ROLLBACK_FAILED | CREATE_FAILED)
    # What is left of a first creation can't be updated, and holds nothing that was in use.
    echo "$stack failed when it was first created; what is left of it is deleted"
    aws cloudformation delete-stack --stack-name "$stack" ${role[@]+"${role[@]}"}
    if ! aws cloudformation wait stack-delete-complete --stack-name "$stack"; then
      echo "$stack can't be deleted; look at its events in the console" >&2
      exit 1
    fi
    type=CREATE ;;
  UPDATE_ROLLBACK_FAILED)
    echo "$stack is stuck between two versions; mend what its events name, then:" \
      "aws cloudformation continue-update-rollback --stack-name $stack" >&2
    exit 1 ;;
  *_IN_PROGRESS)
    echo "$stack is being changed ($status); wait for the end of that" >&2
    exit 1 ;;
  *) type=UPDATE ;;
esac
case $what in
  training | foundation | screening) "check_$what" ;;
esac

name="deploy-${GITHUB_RUN_ID:-$(date -u +%Y%m%d%H%M%S)}-${GITHUB_RUN_ATTEMPT:-1}-$RANDOM"
import=()
if [[ $what == foundation && $type == CREATE ]]; then
  # Buckets and repositories outlive the stack; a new one takes them up.
  import=(--import-existing-resources)
fi
aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$name" --change-set-type "$type" \
  --template-body "file://$template" --capabilities CAPABILITY_NAMED_IAM ${import[@]+"${import[@]}"} \
  ${role[@]+"${role[@]}"} > /dev/null

if ! aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$name" \
  2> /dev/null; then
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
if ! aws cloudformation wait "stack-$(tr '[:upper:]' '[:lower:]' <<< "$type")-complete" --stack-name "$stack"; then
  echo "$stack: not deployed; CloudFormation has gone back to what was there. What failed:" >&2
  # shellcheck disable=SC2016 # the backticks are JMESPath's
  aws cloudformation describe-stack-events --stack-name "$stack" --max-items 100 --output text --query \
    'StackEvents[?ends_with(ResourceStatus, `FAILED`)].[Timestamp,LogicalResourceId,ResourceStatusReason]' >&2
  exit 1
fi
if [[ $what == training ]]; then
  after_training
fi
echo "$stack: deployed"
