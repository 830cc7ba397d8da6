package io.oriel.server.config;

import io.oriel.model.limit.Limit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;

/** The JSON Schema of {@code oriel.yaml}, printed from the tables that it is read by. */
final class Schema {
  private Schema() {}

  static String print() {
    var sections =
        Arrays.stream(Setting.values())
            .collect(
                Collectors.groupingBy(Setting::section, LinkedHashMap::new, Collectors.toList()));
    var text = new StringBuilder();
    text.append("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
    text.append("  \"title\": \"oriel.yaml\",\n  \"type\": \"object\",\n");
    text.append("  \"additionalProperties\": false,\n  \"properties\": {\n");
    sections.forEach((name, rows) -> {
      String keys = rows.stream().map(Schema::row).collect(Collectors.joining(",\n"));
      section(text, name, keys).append(",\n");
    });
    String limits =
        Arrays.stream(Limit.values()).map(Schema::row).collect(Collectors.joining(",\n"));
    section(text, "limits", limits);
    return text.append("\n  }\n}\n").toString();
  }

  private static StringBuilder section(StringBuilder text, String name, String keys) {
    return text.append("    \"%s\": {\n      \"type\": [\"object\", \"null\"],\n".formatted(name))
        .append("      \"additionalProperties\": false,\n      \"properties\": {\n")
        .append(keys)
        .append("\n      }\n    }");
  }

  private static String row(Setting setting) {
    String pattern = setting.kind().pattern();
    return "        \"%s\": {\"type\": %s,%s \"description\": \"%s Default: %s.\"}"
        .formatted(
            setting.key(),
            setting.kind().json(),
            pattern.isEmpty() ? "" : " \"pattern\": \"" + pattern + "\",",
            setting.doc().replace("\"", "\\\""),
            setting.normal().isEmpty() ? "none" : setting.normal());
  }

  private static String row(Limit limit) {
    String type = limit.key().endsWith("_bytes") ? "[\"integer\", \"string\"]" : "\"integer\"";
    return "        \"%s\": {\"type\": %s, \"description\": \"The most %s. Default: %d.\"}"
        .formatted(limit.key(), type, limit.bounds(), limit.normal());
  }
}
