package org.scibert.function;

/** The native executable, which asks Lambda itself; built by the profile "native", the only one to run this. */
class ExecutableOnLambdaIT extends OnLambda {
    ExecutableOnLambdaIT() {
        super(LambdaProcess.Program.executable(), "no version of absent in service");
    }
}
