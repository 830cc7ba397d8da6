package io.oriel.server.boards;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What a list says of a board, out of any of Grafana's forms: plain; with {@code dashboard} and
 * {@code meta}, as its API answers; a resource whose {@code spec} is plain (v1) or has {@code
 * elements} (v2). The whole text is walked once, so that a slip at its end is found too.
 */
final class BoardFacts implements Reading {
  private static final int MOST_CHARACTERS = 1000; // of one text that the list shows
  private static final int MOST_TAGS = 30;
  private static final int MOST_SAID = 300;

  String uid = "";
  String title = "";
  String description = "";
  final List<String> tags = new ArrayList<>();
  int panels;

  private String name = ""; // of a resource
  private boolean isBoard;

  private BoardFacts() {}

  static BoardFacts of(byte[] bytes, Limits limits) throws Unreadable {
    CharBuffer text = BoardText.chars(bytes);
    var reader = new CharArrayReader(text.array(), text.position(), text.remaining());
    long depth = limits.of(Limit.BOARD_DEPTH);
    var facts = new BoardFacts();
    try (JsonParser json = json(depth).createParser(reader)) {
      facts.whole(json);
    } catch (StreamConstraintsException tooMuch) {
      throw at(
          tooMuch,
          "it nests deeper than %d levels, or has a text or number that is too long; limits.%s is the depth"
              .formatted(depth, Limit.BOARD_DEPTH.key()));
    } catch (JsonProcessingException wrong) {
      throw at(wrong, "it is no JSON: %s; mend the file".formatted(said(wrong)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
    if (facts.uid.isEmpty()) facts.uid = facts.name;
    return facts;
  }

  private static JsonFactory json(long depth) {
    int most = (int) Math.min(depth, Integer.MAX_VALUE);
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(most).build())
        .build();
  }

  private static Unreadable at(JsonProcessingException wrong, String says) {
    JsonLocation place = wrong.getLocation();
    return place == null
        ? new Unreadable(says)
        : new Unreadable(place.getLineNr(), place.getColumnNr(), says);
  }

  private static String said(JsonProcessingException wrong) {
    String words =
        String.valueOf(wrong.getOriginalMessage()).replaceAll("\\p{Cntrl}+", " ").strip();
    return words.length() <= MOST_SAID ? words : words.substring(0, MOST_SAID) + "...";
  }

  private void whole(JsonParser json) throws IOException, Unreadable {
    JsonToken first = json.nextToken();
    if (first == null) throw new Unreadable("it is empty; put a dashboard's JSON into it");
    if (first == JsonToken.START_OBJECT) body(json);
    else json.skipChildren();
    if (json.nextToken() != null) {
      JsonLocation place = json.currentTokenLocation();
      throw new Unreadable(
          place.getLineNr(),
          place.getColumnNr(),
          "the JSON goes on after its end; cut the rest off");
    }
    if (!isBoard) {
      throw new Unreadable(
          "it is no dashboard: it has neither panels, rows nor elements; export the dashboard itself"
              + " from Grafana, or move the file elsewhere");
    }
  }

  /** The fields of a board, or of what is wrapped around it. */
  private void body(JsonParser json) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "uid" -> uid = text(json, value, uid);
        case "title" -> title = text(json, value, title);
        case "description" -> description = text(json, value, description);
        case "tags" -> tags(json, value);
        case "panels", "rows" -> panels(json, value);
        case "elements" -> elements(json, value);
        case "dashboard", "spec" -> {
          if (value == JsonToken.START_OBJECT) body(json);
          else json.skipChildren();
        }
        case "metadata" -> metadata(json, value);
        case "schemaVersion" -> {
          isBoard = true;
          json.skipChildren();
        }
        default -> json.skipChildren();
      }
    }
  }

  private void metadata(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isName = json.currentName().equals("name");
      JsonToken inner = json.nextToken();
      if (isName) name = text(json, inner, name);
      else json.skipChildren();
    }
  }

  private void tags(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
      String tag = text(json, each, "");
      if (!tag.isEmpty() && tags.size() < MOST_TAGS) tags.add(tag);
    }
  }

  /** Counts the panels of a list; what has panels of its own is a row, open, folded or old. */
  private void panels(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    isBoard = true;
    for (JsonToken each = json.nextToken(); each != JsonToken.END_ARRAY; each = json.nextToken()) {
      if (each == JsonToken.START_OBJECT) panel(json);
      else json.skipChildren();
    }
  }

  private void panel(JsonParser json) throws IOException {
    boolean isRow = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("panels") && value == JsonToken.START_ARRAY) {
        isRow = true;
        panels(json, value);
      } else if (field.equals("type")) {
        isRow |= "row".equals(text(json, value, ""));
      } else {
        json.skipChildren();
      }
    }
    if (!isRow) panels++;
  }

  private void elements(JsonParser json, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    isBoard = true;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      json.nextToken();
      json.skipChildren();
      panels++;
    }
  }

  private static String text(JsonParser json, JsonToken value, String otherwise)
      throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      json.skipChildren();
      return otherwise;
    }
    String text = json.getText();
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
  }
}
