// Checks a new version of the function before it gets traffic, and tells CodeDeploy. Runs on Lambda's Node.js, which
// brings the AWS SDK. VERSION_ARN is the new version, MODEL_NAME and MODEL_VERSION (if pinned) what it must answer with,
// MOST_MILLIS what an answer of a warm instance may take.
const {CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand} = require("@aws-sdk/client-codedeploy");
const {LambdaClient, InvokeCommand} = require("@aws-sdk/client-lambda");

const TEXT = "We study whether exercise reduces anxiety in rodents.";

async function ask(lambda, question) {
  const start = Date.now();
  const reply = await lambda.send(new InvokeCommand({
    FunctionName: process.env.VERSION_ARN, Payload: Buffer.from(JSON.stringify(question)),
  }));
  const answer = JSON.parse(Buffer.from(reply.Payload).toString());
  if (reply.FunctionError || answer.error) {
    throw new Error(`the function failed: ${JSON.stringify(answer.error || answer.errorMessage)}`);
  }
  return {answer, millis: Date.now() - start};
}

async function check(lambda) {
  const {MODEL_NAME, MODEL_VERSION, MOST_MILLIS} = process.env;
  // The first call starts an instance and loads the model: it is ready when this is answered.
  const model = (await ask(lambda, {function: "model"})).answer;
  if (model.name !== MODEL_NAME || (MODEL_VERSION && model.version !== MODEL_VERSION)) {
    throw new Error(`it serves ${model.name} ${model.version}, not ${MODEL_NAME} ${MODEL_VERSION || ""}`);
  }
  await ask(lambda, {text: TEXT});
  const {answer, millis} = await ask(lambda, {text: TEXT});
  const result = (answer.results || [])[0] || {};
  const probabilities = Object.values(result.probabilities || {});
  if (probabilities.length === 0 || !probabilities.every((p) => p >= 0 && p <= 1)) {
    throw new Error("its answer has no probabilities");
  }
  if (answer.model.version !== model.version) {
    throw new Error(`it answers with ${answer.model.version}, not ${model.version}`);
  }
  if (millis > Number(MOST_MILLIS)) {
    throw new Error(`a warm answer took ${millis} ms, more than ${MOST_MILLIS}`);
  }
  return `${model.name} ${model.version} answers in ${millis} ms`;
}

exports.handler = async (event) => {
  let status = "Succeeded";
  try {
    console.log(await check(new LambdaClient()));
  } catch (problem) {
    status = "Failed";
    console.error(`the new version gets no traffic: ${problem.message}`);
  }
  await new CodeDeployClient().send(new PutLifecycleEventHookExecutionStatusCommand({
    deploymentId: event.DeploymentId, lifecycleEventHookExecutionId: event.LifecycleEventHookExecutionId, status,
  }));
};
