package org.scibert.function.door;

import io.quarkus.funqy.Funq;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.scibert.function.room.Answer;
import org.scibert.function.room.ClassifyAnswer;
import org.scibert.function.room.ClassifyRequest;
import org.scibert.function.room.ModelAnswer;
import org.scibert.function.room.Room;
import org.scibert.function.room.TokenizeAnswer;
import org.scibert.function.room.TokenizeRequest;

/**
 * The functions as Funqy serves them over HTTP, each under its name. {@link HttpRoutes} looks after what comes before
 * and what goes wrong.
 */
@Singleton
public class Functions {
    private final Room room;
    private final CurrentVertxRequest current;

    @Inject
    Functions(Room room, CurrentVertxRequest current) {
        this.room = room;
        this.current = current;
    }

    /** Texts to labels. */
    @Funq
    public ClassifyAnswer classify(ClassifyRequest request) {
        return body(room.classify(request));
    }

    /** Texts to tokens. */
    @Funq
    public TokenizeAnswer tokenize(TokenizeRequest request) {
        return body(room.tokenize(request));
    }

    /** The model that answers. */
    @Funq
    public ModelAnswer model() {
        return body(room.model());
    }

    /** Funqy writes the body alone; the headers go to the response under way. */
    private <T> T body(Answer<T> answer) {
        HttpServerResponse response = current.getCurrent().response();
        answer.headers().forEach(response::putHeader);
        return answer.body();
    }
}
