package org.scibert.function;

/** The jar, driven through AWS's runtime interface client. */
class JarOnLambdaIT extends OnLambda {
    JarOnLambdaIT() {
        super(LambdaProcess.Program.jar());
    }
}
