package org.scibert.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * An HTTP client whose failures the SDK repeats. The SDK's client on {@link java.net.HttpURLConnection} throws an
 * {@link UncheckedIOException} where the server closes the connection while a body is sent (version 2.53.2,
 * {@code tryGetOutputStream}); the SDK repeats requests after an {@link IOException} only.
 */
final class CheckedHttpClient implements SdkHttpClient {
    private final SdkHttpClient client;

    private CheckedHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    static SdkHttpClient.Builder<?> builder(SdkHttpClient.Builder<?> http) {
        return new Builder(http);
    }

    private record Builder(SdkHttpClient.Builder<?> http) implements SdkHttpClient.Builder<Builder> {
        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap defaults) {
            return new CheckedHttpClient(http.buildWithDefaults(defaults));
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
