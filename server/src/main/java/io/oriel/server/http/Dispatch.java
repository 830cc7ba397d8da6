package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.UrlEncoded;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** Every request: base path off, route found, call made, answer written. */
final class Dispatch extends Handler.Abstract {
  private static final int MOST_PARAMS = 10_000;
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "same-origin",
          "Content-Security-Policy",
              "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                  + " font-src 'self' data:; worker-src 'self' blob:; object-src 'none';"
                  + " base-uri 'self'; frame-ancestors 'self'");

  /** The connection is closed: its caller takes what follows for a tunnel. */
  private static final Answer NO_TUNNEL =
      Answer.error(405, "bad_data", "Oriel is no proxy; ask the other server itself")
          .with("Connection", "close");

  private final Map<String, Listening> listeners;
  private final Access access;
  private final Limits limits;
  private final HeldBytes bodies;
  private final HttpMetrics metrics;

  Dispatch(Map<String, Listening> listeners, Access access, Limits limits, HttpMetrics metrics) {
    super(InvocationType.BLOCKING);
    this.access = access;
    this.listeners = Map.copyOf(listeners);
    this.limits = limits;
    this.bodies = new HeldBytes(limits, Limit.REQUEST_BODIES_BYTES);
    this.metrics = metrics;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Listening listener =
        Objects.requireNonNull(
            listeners.get(request.getConnectionMetaData().getConnector().getName()));
    String path = below(listener.basePath(), Request.getPathInContext(request));
    String route = "none";
    Answer answer;
    ErrorForm form = listener.routes().errorForm(path);
    try (var body = new BodyReader(request, limits, bodies)) {
      Answer no = refusal(request, form);
      if (no == null) {
        Routes.Match match = listener.routes().find(request.getMethod(), path);
        route = match.route().path();
        answer = answer(match, request, path, body);
      } else {
        answer = no;
      }
    } catch (Throwable failure) {
      answer = Refusals.answer(failure, form, request.getId(), request.getMethod(), path);
    }
    finish(answer, request, response, callback);
    metrics.answered(route, answer.status(), System.nanoTime() - request.getBeginNanoTime());
    return true;
  }

  /** The answer of a caller who may not come in at all; null for all others. */
  private @Nullable Answer refusal(Request request, ErrorForm form) {
    boolean tunnel = HttpMethod.CONNECT.is(request.getMethod());
    return tunnel ? NO_TUNNEL : access.refusal(request, form);
  }

  private void finish(Answer answer, Request request, Response response, Callback callback) {
    try {
      try {
        write(answer, request, response);
      } finally {
        answer.body().done();
      }
      UnreadBody.takeAway(request, limits.of(Limit.REQUEST_BODY_BYTES));
      callback.succeeded();
    } catch (Throwable gone) {
      callback.failed(gone); // cuts the connection, so that half an answer is not taken for whole
    }
  }

  /** The path below the base path; a proxy may have taken that off already, so both are served. */
  private static String below(String base, String path) {
    if (base.isEmpty() || !path.startsWith(base)) return path;
    String rest = path.substring(base.length());
    if (rest.isEmpty()) return "/";
    return rest.startsWith("/") ? rest : path;
  }

  private Answer answer(Routes.Match match, Request request, String path, BodyReader body)
      throws Exception {
    if (match.route().changes()) {
      access.sites().checkOrigin(request.getHeaders(), request.getHttpURI().getAuthority());
    }
    Map<String, List<String>> params = params(request, body);
    HttpFields headers = request.getHeaders();
    var call =
        new Call(
            request.getMethod(),
            path,
            match.segments(),
            params,
            headers::get,
            body::read,
            new HangUp(request));
    return match.route().handler().answer(call);
  }

  /** Parameters of a form body first, then those of the address: as Go's FormValue has it. */
  private Map<String, List<String>> params(Request request, BodyReader body) {
    var params = new LinkedHashMap<String, List<String>>();
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
      decode(new String(body.read(), StandardCharsets.UTF_8), params);
    }
    String query = request.getHttpURI().getQuery();
    if (query != null) decode(query, params);
    return params;
  }

  private static void decode(String form, Map<String, List<String>> into) {
    int parts = 1;
    for (int i = 0; i < form.length(); i++) if (form.charAt(i) == '&') parts++;
    if (parts > MOST_PARAMS) {
      throw new Refusal.BadRequest(
          "the request has %d parameters, more than %d".formatted(parts, MOST_PARAMS),
          "ask in several requests");
    }
    try {
      UrlEncoded.decodeTo(
          form,
          (name, value) -> into.computeIfAbsent(name, _ -> new ArrayList<>()).add(value),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      String why = e.getCause() instanceof CharacterCodingException ? "not UTF-8" : e.getMessage();
      throw new Refusal.BadRequest(
          "the parameters can't be read (" + why + ")", "send them as UTF-8, percent-encoded");
    }
  }

  private void write(Answer answer, Request request, Response response) throws IOException {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    ALWAYS.forEach(headers::put);
    access.headers().forEach(headers::put);
    answer.headers().forEach(headers::put);
    long length = answer.body().length();
    if (length >= 0 && answer.status() != 304) headers.put(HttpHeader.CONTENT_LENGTH, length);
    Map<String, String> trailers = answer.body().trailers();
    if (!trailers.isEmpty()) response.setTrailersSupplier(() -> fields(trailers));
    Scheduler.Task tooSlow =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> giveUp(request), seconds(Limit.ANSWER_SECONDS));
    idleAfter(seconds(Limit.ANSWER_STALL_SECONDS).toMillis(), request);
    try (OutputStream out = Response.asBufferedOutputStream(request, response)) {
      answer.body().write(out);
    } finally {
      tooSlow.cancel();
      idleAfter(HttpServer.IDLE_MS, request);
    }
  }

  private static HttpFields fields(Map<String, String> trailers) {
    HttpFields.Mutable fields = HttpFields.build();
    trailers.forEach(fields::put);
    return fields;
  }

  /** Streams of HTTP/2 share a connection and have a time of their own. */
  private static void idleAfter(long ms, Request request) {
    boolean shared = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    if (!shared) endPoint(request).setIdleTimeout(ms);
  }

  private Duration seconds(Limit limit) {
    return Duration.ofSeconds(limits.of(limit));
  }

  /** A caller who reads a byte now and then is never idle, and must not hold an answer for ever. */
  private void giveUp(Request request) {
    metrics.cut();
    cut(request);
  }

  static void cut(Request request) {
    endPoint(request).close();
  }

  private static EndPoint endPoint(Request request) {
    return request.getConnectionMetaData().getConnection().getEndPoint();
  }
}
