package io.oriel.server.http;

import io.oriel.model.limit.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One request as a handler sees it: parameters of the address and of a form body are alike. */
public final class Call {
  private final String method;
  private final String path;
  private final Map<String, String> segments;
  private final Map<String, List<String>> params;
  private final Function<String, @Nullable String> headers;
  private final Supplier<byte[]> body;
  private final BooleanSupplier gone;

  Call(
      String method,
      String path,
      Map<String, String> segments,
      Map<String, List<String>> params,
      Function<String, @Nullable String> headers,
      Supplier<byte[]> body,
      BooleanSupplier gone) {
    this.method = method;
    this.path = path;
    this.segments = segments;
    this.params = params;
    this.headers = headers;
    this.body = body;
    this.gone = gone;
  }

  public String method() {
    return method;
  }

  /** The path below the base path, decoded: {@code /api/v1/query}. */
  public String path() {
    return path;
  }

  /** What stands in the path where the route has {@code {name}}. */
  public String segment(String name) {
    String value = segments.get(name);
    if (value == null) throw new IllegalArgumentException("the route has no {" + name + "}");
    return value;
  }

  /** The first value of a parameter; empty where it is missing or has no value, as in Go. */
  public Optional<String> param(String name) {
    List<String> values = params.get(name);
    return values == null
        ? Optional.empty()
        : Optional.of(values.getFirst()).filter(v -> !v.isEmpty());
  }

  /** All values of a parameter. */
  public List<String> params(String name) {
    return params.getOrDefault(name, List.of());
  }

  /** Whether a parameter is there at all, with a value or without. */
  public boolean has(String name) {
    return params.containsKey(name);
  }

  public String required(String name) {
    return param(name)
        .orElseThrow(() ->
            new Refusal.BadRequest(
                "the parameter " + name + " is missing", "add " + name + "=... to the request"));
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.apply(name));
  }

  /**
   * The request's body, read now and whole; asked for once.
   *
   * @throws Refusal.LimitReached when it is larger than {@link
   *     io.oriel.model.limit.Limit#REQUEST_BODY_BYTES}
   */
  public byte[] body() {
    return body.get();
  }

  /**
   * Whether the caller has hung up: what is still being computed for them can stop. Asking may look
   * at the socket, so ask some times a second, not some times a microsecond; one thread at a time.
   */
  public boolean gone() {
    return gone.getAsBoolean();
  }
}
