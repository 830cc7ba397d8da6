package io.oriel.wire.yaml;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a YAML or JSON file. Nothing is thrown for what stands in it: every problem goes to {@link
 * Problems}, and what can't be read at all yields an empty mapping.
 */
public final class YamlFile {
  private final YamlSource source;
  private final Limits limits;

  private YamlFile(String name, Limits limits, Problems problems) {
    this.source = new YamlSource(name, problems);
    this.limits = limits;
  }

  /** The mapping that a file holds; the path as given is the file's name in messages. */
  public static YamlMap read(Path file, Limits limits, Problems problems) {
    return read(file, limits, problems, UnaryOperator.identity());
  }

  /**
   * The same, with the text changed before it is read as YAML: variables are filled in, say. Lines
   * must stay where they are, so that places stay true.
   */
  public static YamlMap read(
      Path file, Limits limits, Problems problems, UnaryOperator<String> prepare) {
    var reading = new YamlFile(file.toString(), limits, problems);
    String text = reading.text(file);
    return reading.map(text == null ? "" : prepare.apply(text));
  }

  /** The mapping that a text holds; an empty text is an empty mapping. */
  public static YamlMap parse(String text, String name, Limits limits, Problems problems) {
    return new YamlFile(name, limits, problems).map(text);
  }

  /** The list of mappings that a file holds, as files of targets do. */
  public static List<YamlMap> readList(Path file, Limits limits, Problems problems) {
    var reading = new YamlFile(file.toString(), limits, problems);
    String text = reading.text(file);
    return reading.list(text == null ? "" : text);
  }

  /** The list of mappings that a text holds. */
  public static List<YamlMap> parseList(
      String text, String name, Limits limits, Problems problems) {
    return new YamlFile(name, limits, problems).list(text);
  }

  private YamlMap map(String text) {
    Place start = new Place(source.name(), 1, 1);
    return switch (compose(text)) {
      case null -> YamlMap.empty(source, "", start);
      case MappingNode root -> YamlMap.of(source, "", root);
      case Node other -> {
        source.problem(
            source.place(other.getStartMark()),
            "the file holds %s, not a mapping".formatted(YamlMap.words(other)),
            "write keys and values: 'key: value'");
        yield YamlMap.empty(source, "", start);
      }
    };
  }

  private List<YamlMap> list(String text) {
    return switch (compose(text)) {
      case null -> List.of();
      case SequenceNode root -> YamlMap.listOf(source, "", root);
      case Node other -> {
        source.problem(
            source.place(other.getStartMark()),
            "the file holds %s, not a list".formatted(YamlMap.words(other)),
            "begin each entry with a dash");
        yield List.of();
      }
    };
  }

  private @Nullable String text(Path file) {
    Place at = Place.of(source.name());
    try {
      byte[] bytes = bytes(file);
      long most = limits.of(Limit.CONFIG_BYTES);
      if (bytes.length > most) {
        source.problem(
            at,
            "the file is over the limit of %d %s".formatted(most, Limit.CONFIG_BYTES.bounds()),
            "split it");
        return null;
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      source.problem(at, "the file is not UTF-8 text", "save it as UTF-8");
    } catch (NoSuchFileException e) {
      source.problem(at, "there is no such file", "name a file that exists");
    } catch (AccessDeniedException e) {
      source.problem(at, "the file may not be read", "give Oriel's user the right to read it");
    } catch (IOException e) {
      source.problem(at, "the file can't be read (" + e.getMessage() + ")", "name a text file");
    }
    return null;
  }

  private byte[] bytes(Path file) throws IOException {
    long most = Math.min(limits.of(Limit.CONFIG_BYTES), Integer.MAX_VALUE - 16);
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) most + 1);
    }
  }

  private @Nullable Node compose(String text) {
    try {
      var settings = settings();
      var guard = new YamlGuard(source, limits);
      if (!guard.depthIsFine(text, settings)) return null;
      Node root = new Compose(settings).composeString(text).orElse(null);
      if (root == null || YamlMap.isNull(root)) return null;
      return guard.nodesAreFine(root) ? root : null;
    } catch (MarkedYamlEngineException e) {
      Place at = source.place(e.getProblemMark().or(e::getContextMark));
      source.problem(at, words(e), "look at indentation, quotes and colons there");
    } catch (ReaderException e) {
      String character = "a character that no text has (U+%04X)".formatted(e.getCodePoint());
      source.problem(Place.of(source.name()), character, "remove it, or write it as an escape");
    } catch (YamlVersionException e) {
      source.problem(
          versionLine(text),
          "the line %YAML names a version of YAML that is not 1.x",
          "remove the line, or write %YAML 1.2");
    } catch (YamlEngineException e) {
      source.problem(Place.of(source.name()), oneLine(e.getMessage()), "look for it in the file");
    }
    return null;
  }

  private Place versionLine(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("%YAML")) return new Place(source.name(), i + 1, 1);
    }
    return Place.of(source.name());
  }

  private LoadSettings settings() {
    return LoadSettings.builder()
        .setLabel(source.name())
        .setCodePointLimit((int) Math.min(limits.of(Limit.CONFIG_BYTES), Integer.MAX_VALUE))
        .setSchema(new CoreSchema()) // knows ~ and an empty value as null
        .setAllowDuplicateKeys(true) // told by YamlGuard, all of them at once
        .setMaxAliasesForCollections(Integer.MAX_VALUE) // bounded by YamlGuard by what they hold
        .build();
  }

  private static String words(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + " ";
    return "this is not YAML: " + oneLine(context + e.getProblem());
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "it is not YAML" : text.strip().replaceAll("\\s+", " ");
  }
}
