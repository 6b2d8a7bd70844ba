package org.scibert.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/** A real HTTP client whose network fails where a test says, after the server has done its work. */
final class FaultyHttp implements SdkHttpClient, SdkHttpClient.Builder<FaultyHttp> {
    private final SdkHttpClient network = UrlConnectionHttpClient.create();
    private final List<SdkHttpRequest> requests = new CopyOnWriteArrayList<>();
    private Predicate<SdkHttpRequest> losesAnswer = request -> false;
    private Predicate<SdkHttpRequest> closes = request -> false;
    private Predicate<SdkHttpRequest> cutsBody = request -> false;
    private int bodyBytes;

    /** The next answer to such a request never arrives. */
    void loseAnswerOnce(Predicate<SdkHttpRequest> which) {
        losesAnswer = once(which);
    }

    /**
     * The server closes the connection while the body of the next such request is sent: the SDK's client says it so.
     */
    void closeWhileSendingOnce(Predicate<SdkHttpRequest> which) {
        closes = once(which);
    }

    /** The body of the next answer to such a request breaks off. */
    void cutBodyOnce(Predicate<SdkHttpRequest> which, int afterBytes) {
        cutBodies(once(which), afterBytes);
    }

    /** The bodies of all answers to such requests break off. */
    void cutBodies(Predicate<SdkHttpRequest> which, int afterBytes) {
        cutsBody = which;
        bodyBytes = afterBytes;
    }

    /** The Range headers sent, in the order of sending. */
    List<String> ranges() {
        return requests.stream().flatMap(r -> r.firstMatchingHeader("Range").stream()).toList();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = network.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                requests.add(request.httpRequest());
                if (closes.test(request.httpRequest())) {
                    throw new UncheckedIOException(new SocketException("Unexpected end of file from server"));
                }
                HttpExecuteResponse answer = prepared.call();
                if (losesAnswer.test(request.httpRequest())) {
                    throw new IOException("the connection was reset before the answer");
                }
                if (cutsBody.test(request.httpRequest())) {
                    return HttpExecuteResponse.builder()
                            .response(answer.httpResponse())
                            .responseBody(cut(answer.responseBody().orElseThrow()))
                            .build();
                }
                return answer;
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private AbortableInputStream cut(AbortableInputStream body) {
        InputStream cut = new FilterInputStream(body) {
            private int left = bodyBytes;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    throw new IOException("the connection was reset within the body");
                }
                int n = super.read(buffer, offset, Math.min(left, length));
                left -= Math.max(n, 0);
                return n;
            }
        };
        return AbortableInputStream.create(cut, body);
    }

    private static Predicate<SdkHttpRequest> once(Predicate<SdkHttpRequest> which) {
        boolean[] done = new boolean[1];
        return request -> {
            synchronized (done) {
                boolean now = !done[0] && which.test(request);
                done[0] |= now;
                return now;
            }
        };
    }

    @Override
    public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
        return this;
    }

    @Override
    public void close() {
        network.close();
    }
}
