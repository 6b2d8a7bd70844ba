package org.scibert.function;

/** The jar, driven through AWS's runtime interface client. */
class JarOnLambdaIT extends OnLambda {
    JarOnLambdaIT() {
        // The client reports the outermost exception; the log has the cause.
        super(LambdaProcess.Program.jar(), "Quarkus manual initialization failed");
    }
}
