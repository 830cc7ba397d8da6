package io.oriel.wire.yaml;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of a configuration file, whose values know their place. Each read asks for one kind of
 * value: a missing one (or null) is empty, a wrong one is empty too and told to the {@link
 * Problems} that the file was read with, and reading goes on.
 *
 * <p>The map remembers what it was asked for: {@link #refuseUnknownKeys} comes last and finds the
 * keys that nobody knows. Not thread-safe.
 */
public final class YamlMap {
  /** YAML 1.1's way to take over another mapping's keys, which Prometheus' files may use. */
  private static final String MERGE = "<<";

  private final YamlSource source;
  private final String path; // "scrape_configs[0]", empty for the whole file
  private final Place at;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Place> keyPlaces = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();

  private YamlMap(YamlSource source, String path, Place at) {
    this.source = source;
    this.path = path;
    this.at = at;
  }

  static YamlMap empty(YamlSource source, String path, Place at) {
    return new YamlMap(source, path, at);
  }

  static YamlMap of(YamlSource source, String path, MappingNode node) {
    var map = new YamlMap(source, path, source.place(node.getStartMark()));
    map.take(node);
    return map;
  }

  static List<YamlMap> listOf(YamlSource source, String path, SequenceNode list) {
    var maps = new ArrayList<YamlMap>();
    for (int i = 0; i < list.getValue().size(); i++) {
      Node each = list.getValue().get(i);
      String name = path + "[" + i + "]";
      if (each instanceof MappingNode map) maps.add(of(source, name, map));
      else if (isNull(each)) maps.add(empty(source, name, source.place(each.getStartMark())));
      else wrongShape(source, name, each, "a mapping", "write it as 'key: value' lines");
    }
    return maps;
  }

  private void take(MappingNode node) {
    for (NodeTuple pair : node.getValue()) {
      String key = ((ScalarNode) pair.getKeyNode()).getValue();
      if (key.equals(MERGE)) continue;
      if (values.putIfAbsent(key, pair.getValueNode()) == null) {
        keyPlaces.put(key, source.place(pair.getKeyNode().getStartMark()));
      }
    }
    for (NodeTuple pair : node.getValue()) { // own keys win, so what is merged comes after them
      if (!((ScalarNode) pair.getKeyNode()).getValue().equals(MERGE)) continue;
      switch (pair.getValueNode()) {
        case MappingNode other -> take(other);
        case SequenceNode many -> {
          for (Node each : many.getValue()) if (each instanceof MappingNode other) take(other);
        }
        default -> {}
      }
    }
  }

  /** Where this mapping begins. */
  public Place at() {
    return at;
  }

  /** Where a value stands; the mapping's own place when the key is missing. */
  public Place at(String key) {
    Node node = values.get(key);
    if (node == null) return at;
    return isNull(node) ? keyPlaces.getOrDefault(key, at) : source.place(node.getStartMark());
  }

  /** A key with all that it stands in, for messages: {@code scrape_configs[0].job_name}. */
  public String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** What was written for a key, for messages: the text itself, or "a list", "a mapping". */
  public String shown(String key) {
    Node node = values.get(key);
    if (node == null) return "missing";
    return node instanceof ScalarNode scalar ? scalar.getValue() : words(node);
  }

  /** Where the problems of this file go. */
  public Problems problems() {
    return source.problems();
  }

  /** Whether there is such a key, even without a value; counts as having asked for it. */
  public boolean has(String key) {
    asked.add(key);
    return values.containsKey(key);
  }

  /** The keys as they stand in the file; for mappings whose keys are the user's own. */
  public Set<String> keys() {
    asked.addAll(values.keySet());
    return Collections.unmodifiableSet(values.keySet());
  }

  /** A text; numbers and truth values are texts too, as written. */
  public Optional<String> text(String key) {
    return scalar(key, "a text");
  }

  /** A text that must be there. Where it is missing or empty that is told, and "" comes back. */
  public String required(String key) {
    boolean wasThere = value(key) != null;
    String text = text(key).orElse("");
    if (!wasThere || (text.isEmpty() && values.get(key) instanceof ScalarNode)) {
      source.problem(at(key), "%s is missing".formatted(name(key)), "add '%s: ...'".formatted(key));
    }
    return text;
  }

  public Optional<Long> integer(String key) {
    return read(key, ScalarKind.INTEGER);
  }

  /** A whole number that must lie within two bounds, both included. */
  public Optional<Long> integer(String key, long least, long most) {
    return integer(key)
        .filter(number -> {
          boolean fine = number >= least && number <= most;
          if (!fine) {
            source.problem(
                at(key),
                "%s is %d".formatted(name(key), number),
                "write a number from %d to %d".formatted(least, most));
          }
          return fine;
        });
  }

  public Optional<Double> number(String key) {
    return read(key, ScalarKind.NUMBER);
  }

  public Optional<Boolean> bool(String key) {
    return read(key, ScalarKind.BOOLEAN);
  }

  /** A length of time in Prometheus' notation: {@code 15s}, {@code 1h30m}. */
  public Optional<Duration> duration(String key) {
    return read(key, ScalarKind.DURATION);
  }

  /** A number of bytes: {@code 512}, {@code 64MB}, {@code 1GiB}; units count in steps of 1024. */
  public Optional<Long> bytes(String key) {
    return read(key, ScalarKind.BYTES);
  }

  /** A path as written; relative ones are the reader's to resolve. */
  public Optional<Path> path(String key) {
    return text(key)
        .flatMap(text -> {
          try {
            return Optional.of(Path.of(text));
          } catch (InvalidPathException e) {
            source.problem(at(key), name(key) + " is not a path", "write a file or folder");
            return Optional.empty();
          }
        });
  }

  /** One of an enum's names, in small letters; {@code -} and {@code _} are the same. */
  public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> kind) {
    Optional<String> text = text(key);
    if (text.isEmpty()) return Optional.empty();
    String wanted = text.get().replace('-', '_').toUpperCase(Locale.ROOT);
    for (E each : kind.getEnumConstants()) if (each.name().equals(wanted)) return Optional.of(each);
    List<String> known =
        Arrays.stream(kind.getEnumConstants())
            .map(each -> each.name().toLowerCase(Locale.ROOT))
            .toList();
    source.problem(
        at(key),
        "%s is '%s'".formatted(name(key), text.get()),
        "write one of: " + String.join(", ", known));
    return Optional.empty();
  }

  /** A nested mapping. */
  public Optional<YamlMap> map(String key) {
    Node node = value(key);
    if (node == null) return Optional.empty();
    if (node instanceof MappingNode map) return Optional.of(of(source, name(key), map));
    wrongShape(source, name(key), node, "a mapping", "indent its keys below it");
    return Optional.empty();
  }

  /** A nested mapping; an empty one where it is missing, so that its defaults are read. */
  public YamlMap section(String key) {
    return map(key).orElseGet(() -> empty(source, name(key), at(key)));
  }

  /** A list of mappings; empty where it is missing. */
  public List<YamlMap> maps(String key) {
    SequenceNode list = sequence(key);
    return list == null ? List.of() : listOf(source, name(key), list);
  }

  /** A list of texts; empty where it is missing. */
  public List<String> texts(String key) {
    SequenceNode list = sequence(key);
    if (list == null) return List.of();
    var texts = new ArrayList<String>();
    for (Node each : list.getValue()) {
      if (each instanceof ScalarNode scalar) texts.add(scalar.getValue());
      else wrongShape(source, name(key), each, "a text", "write plain values behind the dashes");
    }
    return List.copyOf(texts);
  }

  /** Where an element of a list of {@link #texts} stands. */
  public Place at(String key, int element) {
    SequenceNode list = sequence(key);
    if (list == null) return at(key);
    return source.place(list.getValue().get(element).getStartMark());
  }

  /** A mapping of the user's own keys to texts, in the order written; empty where it is missing. */
  public Map<String, String> textMap(String key) {
    var texts = new LinkedHashMap<String, String>();
    YamlMap map = section(key);
    for (String each : map.keys()) map.text(each).ifPresent(text -> texts.put(each, text));
    return texts;
  }

  /** Marks keys as known that are read elsewhere or not at all. */
  public void known(String... keys) {
    asked.addAll(Arrays.asList(keys));
  }

  /** Tells of every key that was not asked for, with the one that was probably meant. */
  public void refuseUnknownKeys(Problems problems) {
    for (String key : values.keySet()) {
      if (asked.contains(key)) continue;
      Place place = keyPlaces.getOrDefault(key, at);
      String where = path.isEmpty() ? "" : " in " + path;
      String remedy =
          Nearest.to(key, asked)
              .map(meant -> "did you mean " + meant + "? Otherwise remove it")
              .orElse("remove it; known here: " + String.join(", ", asked));
      problems.add(place, "there is no key %s%s".formatted(key, where), remedy);
    }
  }

  private <T> Optional<T> read(String key, ScalarKind<T> kind) {
    Optional<String> text = scalar(key, kind.words());
    if (text.isEmpty()) return Optional.empty();
    try {
      return Optional.of(kind.read().apply(text.get()));
    } catch (IllegalArgumentException e) {
      source.problem(
          at(key),
          "%s is '%s', which is not %s".formatted(name(key), text.get(), kind.words()),
          "write it like " + kind.example());
      return Optional.empty();
    }
  }

  private Optional<String> scalar(String key, String words) {
    Node node = value(key);
    if (node == null) return Optional.empty();
    if (node instanceof ScalarNode scalar) return Optional.of(scalar.getValue());
    wrongShape(source, name(key), node, words, "write one value behind the colon");
    return Optional.empty();
  }

  private @Nullable SequenceNode sequence(String key) {
    Node node = value(key);
    if (node == null) return null;
    if (node instanceof SequenceNode list) return list;
    wrongShape(source, name(key), node, "a list", "begin each entry with a dash");
    return null;
  }

  private @Nullable Node value(String key) {
    asked.add(key);
    Node node = values.get(key);
    return node == null || isNull(node) ? null : node;
  }

  private static void wrongShape(
      YamlSource source, String name, Node node, String wanted, String remedy) {
    source.problem(
        source.place(node.getStartMark()),
        "%s is %s, not %s".formatted(name, words(node), wanted),
        remedy);
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  static String words(Node node) {
    return switch (node) {
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      case ScalarNode scalar -> "'" + scalar.getValue() + "'";
      default -> "an alias";
    };
  }
}
