package io.oriel.engines.prometheus;

import io.oriel.wire.http.Credentials;
import io.oriel.wire.http.HttpSettings;
import io.oriel.wire.http.Secret;
import io.oriel.wire.http.TlsMaterial;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A system that is asked by HTTP, with its credentials and certificates. Thread-safe. */
final class Peer implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final HttpSettings settings;
  private final Map<String, String> headers;
  private @Nullable HttpClient client; // guarded by this

  Peer(HttpSettings settings, Map<String, String> headers) {
    this.settings = settings;
    this.headers = headers;
  }

  /** A request with what each one carries; secrets are read now, since their files may change. */
  HttpRequest.Builder request(HttpRequest.Builder builder) throws IOException {
    headers.forEach(builder::setHeader);
    for (var header : settings.headers().entrySet()) {
      for (Secret value : header.getValue()) builder.header(header.getKey(), oneLine(value.read()));
    }
    switch (settings.credentials()) {
      case Credentials.None() -> {}
      case Credentials.Basic(Secret user, Secret password) -> {
        byte[] pair = (user.read() + ":" + password.read()).getBytes(StandardCharsets.UTF_8);
        builder.setHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case Credentials.Token(String type, Secret token) ->
          builder.setHeader("Authorization", type + " " + oneLine(token.read()));
    }
    return builder;
  }

  private static String oneLine(String value) {
    return value.replaceAll("[\r\n]", "");
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @throws IOException when there is none within the time, or the peer can't be reached
   */
  <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = client().sendAsync(request, handler);
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      answer.cancel(true);
    }
  }

  private IOException failure(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof SSLException) forget(); // certificates are read again for the next try
    if (cause instanceof IOException io) return io;
    return new IOException(String.valueOf(cause), cause);
  }

  private synchronized HttpClient client() throws IOException {
    HttpClient ready = client;
    if (ready != null) return ready;
    try {
      HttpClient fresh =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(TlsMaterial.context(settings.tls()))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
      client = fresh;
      return fresh;
    } catch (GeneralSecurityException e) {
      throw new IOException("tls_config can't be used (" + e.getMessage() + ")", e);
    }
  }

  private synchronized void forget() {
    HttpClient old = client;
    client = null;
    if (old != null) old.shutdownNow();
  }

  @Override
  public void close() {
    forget();
  }
}
