package io.oriel.server.http;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.io.InputStream;
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
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.UrlEncoded;
import org.eclipse.jetty.util.thread.Scheduler;

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

  private final Map<String, Listening> listeners;
  private final Duration patience;
  private final Limits limits;
  private final HttpMetrics metrics;

  /**
   * @param patience how long a caller may take to read an answer
   */
  Dispatch(
      Map<String, Listening> listeners, Limits limits, HttpMetrics metrics, Duration patience) {
    super(InvocationType.BLOCKING);
    this.listeners = Map.copyOf(listeners);
    this.limits = limits;
    this.patience = patience;
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
    try {
      Routes.Match match = listener.routes().find(request.getMethod(), path);
      route = match.route().path();
      answer = answer(match, request, path);
    } catch (Throwable failure) {
      answer = Refusals.answer(failure, request.getId(), request.getMethod(), path);
    }
    try {
      write(answer, request, response);
      callback.succeeded();
    } catch (Throwable gone) {
      callback.failed(gone); // cuts the connection, so that half an answer is not taken for whole
    }
    metrics.answered(route, answer.status(), System.nanoTime() - request.getBeginNanoTime());
    return true;
  }

  /** The path below the base path; a proxy may have taken that off already, so both are served. */
  private static String below(String base, String path) {
    if (base.isEmpty() || !path.startsWith(base)) return path;
    String rest = path.substring(base.length());
    if (rest.isEmpty()) return "/";
    return rest.startsWith("/") ? rest : path;
  }

  private Answer answer(Routes.Match match, Request request, String path) throws Exception {
    if (match.route().changes()) refuseOtherSites(request.getHeaders());
    Map<String, List<String>> params = params(request);
    HttpFields headers = request.getHeaders();
    var call =
        new Call(
            request.getMethod(),
            path,
            match.segments(),
            params,
            headers::get,
            () -> body(request),
            new HangUp(request));
    return match.route().handler().answer(call);
  }

  /** A browser says where a request comes from; others (curl, promtool) send no such header. */
  private static void refuseOtherSites(HttpFields headers) {
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal.Denied(
          "a page of another site asked for a change", "ask from Oriel's own pages, or with curl");
    }
  }

  /** Parameters of a form body first, then those of the address: as Go's FormValue has it. */
  private Map<String, List<String>> params(Request request) {
    var params = new LinkedHashMap<String, List<String>>();
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
      decode(new String(body(request), StandardCharsets.UTF_8), params);
    }
    String query = request.getHttpURI().getQuery();
    if (query != null) decode(query, params);
    return params;
  }

  private static void decode(String form, Map<String, List<String>> into) {
    long parts = form.chars().filter(c -> c == '&').count() + 1;
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

  private byte[] body(Request request) {
    long allowed = limits.of(Limit.REQUEST_BODY_BYTES);
    limits.check(Limit.REQUEST_BODY_BYTES, request.getLength(), "the request's body");
    try (InputStream in = Request.asInputStream(request)) {
      byte[] body = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, allowed + 1));
      limits.check(Limit.REQUEST_BODY_BYTES, body.length, "the request's body");
      return body;
    } catch (IOException e) { // bad chunks, no gzip, gone in mid-body
      throw new Refusal.BadRequest(
          "the request's body can't be read (" + e.getMessage() + ")",
          "send all of it, as its headers say");
    }
  }

  private void write(Answer answer, Request request, Response response) throws IOException {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    ALWAYS.forEach(headers::put);
    answer.headers().forEach(headers::put);
    long length = answer.body().length();
    if (length >= 0 && answer.status() != 304) headers.put(HttpHeader.CONTENT_LENGTH, length);
    Scheduler.Task tooSlow =
        request.getComponents().getScheduler().schedule(() -> cut(request), patience);
    try (OutputStream out = Response.asBufferedOutputStream(request, response)) {
      answer.body().write(out);
    } finally {
      tooSlow.cancel();
    }
  }

  /** A caller who reads a byte now and then is never idle, and must not hold an answer for ever. */
  private static void cut(Request request) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
  }
}
