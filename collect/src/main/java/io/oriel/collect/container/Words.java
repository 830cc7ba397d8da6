package io.oriel.collect.container;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a daemon's JSON says, bounded: a name may be any text, a moment may be never. */
final class Words {
  private static final int LONGEST = 1024; // of a name that becomes a label
  private static final int MOST = 512; // entries of one list or map

  private Words() {}

  /** The text of a field; empty where it is missing. */
  static String of(JsonNode node) {
    String text = node.isTextual() || node.isNumber() ? node.asText() : "";
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }

  /** A moment in milliseconds since 1970; 0 where the daemon says never, or nothing. */
  static long ms(JsonNode node) {
    try {
      return Math.max(0, OffsetDateTime.parse(of(node)).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return 0;
    }
  }

  static List<String> list(JsonNode array) {
    var all = new ArrayList<String>();
    for (JsonNode each : array) {
      if (all.size() == MOST) break;
      all.add(of(each));
    }
    return List.copyOf(all);
  }

  static Map<String, String> map(JsonNode object) {
    var all = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (all.size() == MOST) break;
      all.put(each.getKey(), of(each.getValue()));
    }
    return Map.copyOf(all);
  }

  /** Without the slash that the daemon puts before names. */
  static String name(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
