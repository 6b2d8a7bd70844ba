package org.scibert.function;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the function where no Lambda runtime does. */
@QuarkusMain
public class Main {
    public static void main(String[] args) {
        // Else Quarkus gives a request for /%zz an empty 400 before any route; no setting but this one turns that off.
        System.setProperty("vertx.disableURIValidation", "true");
        Quarkus.run(args);
    }
}
