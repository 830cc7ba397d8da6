package io.oriel.simulate.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A request.
 *
 * @param path without the query, not decoded
 * @param query its parameters, decoded; of several of one name the last
 * @param authorization the header of that name; empty without
 * @param trusted asked from inside this process: no credentials are wanted
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares questions
public record Question(
    String method,
    String path,
    Map<String, String> query,
    String authorization,
    boolean trusted,
    byte[] body) {

  /** From a target as it goes over the wire: {@code /x?limit=10}. */
  public static Question of(
      String method, String target, String authorization, boolean trusted, byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new Question(method, path, parameters(query), authorization, trusted, body);
  }

  private static Map<String, String> parameters(String query) {
    var all = new HashMap<String, String>();
    for (String each : query.split("&", -1)) {
      if (each.isEmpty() || all.size() > 100) continue;
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? "" : each.substring(equals + 1);
      all.put(decoded(name), decoded(value));
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone percent sign
    }
  }

  /** A parameter; empty when it is not given. */
  public String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  /** A parameter that is a number; the other when it is not given or none. */
  public int number(String name, int otherwise) {
    try {
      return Integer.parseInt(parameter(name));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
