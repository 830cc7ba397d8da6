package io.oriel.server.http;

import java.util.List;

/**
 * One thing that is served, whole: how it is asked, what it is for, who answers. Dispatch, the
 * texts of 404 and 405 and the list at {@code /api} are made from these rows.
 *
 * @param methods GET stands for HEAD too
 * @param path with {@code {name}} for one segment; {@code **} at the end for the whole rest
 * @param doc what it answers, one sentence without full stop
 * @param errors how the protocol that it belongs to tells errors
 */
public record Route(
    List<String> methods, String path, String doc, Handler handler, ErrorForm errors) {

  /** Answers a call; throws a {@link io.oriel.model.limit.Refusal} where the answer is no. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(Call call) throws Exception;
  }

  /** Errors as JSON, as Prometheus' API and Oriel's have them. */
  public Route(List<String> methods, String path, String doc, Handler handler) {
    this(methods, path, doc, handler, ErrorForm.JSON);
  }

  public static Route get(String path, String doc, Handler handler) {
    return new Route(List.of("GET"), path, doc, handler);
  }

  public static Route getOrPost(String path, String doc, Handler handler) {
    return new Route(List.of("GET", "POST"), path, doc, handler);
  }

  /** A route that changes something: a page of another site may not ask for it. */
  public static Route change(String path, String doc, Handler handler) {
    return new Route(List.of("POST", "PUT"), path, doc, handler);
  }

  /** The same, for callers who log what they are told: errors are one line of plain text. */
  public Route errorsInText() {
    return new Route(methods, path, doc, handler, ErrorForm.TEXT);
  }

  boolean changes() {
    return !methods.contains("GET");
  }
}
