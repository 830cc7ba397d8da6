package io.oriel.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.oriel.model.limit.Limits;
import io.oriel.model.testing.SharedData;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlFile;
import io.oriel.wire.yaml.YamlMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded answer of Prometheus' parser, one test a case. */
class ExpositionConformanceTest {
  private static final String SANE = "a quirk of the original, read as a person would: ";
  private static final String LATER = "not offered yet: ";

  /** Cases that are decided otherwise, and why. */
  private static final Map<String, String> OTHERWISE =
      Map.ofEntries(
          Map.entry("prom006", SANE + "a blank before a name is no part of it"),
          Map.entry("prom007", SANE + "a blank before a name is no part of it"),
          Map.entry("prom036", SANE + "a NUL byte is an error, not the end of the page"),
          Map.entry("prom042", SANE + "a label twice is refused where it is read"),
          Map.entry("prom043", SANE + "a label twice is refused where it is read"),
          Map.entry("om028", SANE + "a label twice is refused where it is read"),
          Map.entry("prom135", SANE + "a name that is not UTF-8 is refused where it is read"),
          Map.entry("om017", SANE + "the error is in the line with the blank, not in the next"),
          Map.entry("om085", SANE + "escapes in an exemplar's labels are undone"),
          Map.entry("prom137", LATER + "labels for type and unit"),
          Map.entry("om107", LATER + "labels for type and unit"),
          Map.entry("prom139", LATER + "native histograms"),
          Map.entry("prom140", LATER + "native histograms"),
          Map.entry("prom141", LATER + "native histograms"),
          Map.entry("om108", LATER + "native histograms"),
          Map.entry("om092", LATER + "start timestamps"),
          Map.entry("om093", LATER + "start timestamps"),
          Map.entry("om094", LATER + "start timestamps"),
          Map.entry("om095", LATER + "start timestamps"),
          Map.entry("om097", LATER + "start timestamps"),
          Map.entry("om098", LATER + "start timestamps"),
          Map.entry("ct016", LATER + "OpenMetrics 2.0"));

  record Case(YamlMap yaml) {
    String id() {
      return yaml.required("id");
    }

    byte[] input() {
      return yaml.text("input_hex")
          .map(HexFormat.of()::parseHex)
          .orElseGet(() -> yaml.text("input").orElse("").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return id() + " " + yaml.required("title");
    }
  }

  static Stream<Case> cases() throws IOException {
    return Files.readAllLines(SharedData.conformance("exposition/cases.jsonl")).stream()
        .map(line -> YamlFile.parse(line, "cases.jsonl", Limits.NORMAL, new Problems()))
        .map(Case::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void answers_as_prometheus_does(Case given) {
    assertThat(given.yaml.problems().toString()).isEmpty();
    String otherwise = OTHERWISE.get(given.id());
    if (given.id().startsWith("om2-")) otherwise = LATER + "OpenMetrics 2.0";

    String actual = ours(given);

    String expected = theirs(given);
    if (otherwise == null) {
      assertThat(actual).isEqualTo(expected);
    } else if (actual.equals(expected)) {
      fail("%s agrees with Prometheus now; take it off the list", given.id());
    } else {
      Assumptions.abort(otherwise);
    }
  }

  private static String ours(Case given) {
    var fallback =
        given.yaml.section("options").text("fallback").isPresent() ? ExpositionFormat.TEXT : null;
    var choice = ExpositionFormat.choose(given.yaml.text("content_type").orElse(""), fallback);
    String warned = choice.warning().isEmpty() ? "" : "warned\n";
    if (choice.format() == null) return warned + "no parser\n";
    var heard = new Recorder();
    try {
      byte[] page = given.input();
      choice.format().parse(page, page.length, Limits.NORMAL, heard);
      return warned + heard + "ok\n";
    } catch (SyntaxError e) {
      assertThat(e.getMessage()).startsWith("line " + e.line() + ": ").doesNotContain("\n");
      return warned + heard + "error\n";
    }
  }

  private static String theirs(Case given) {
    var out = new StringBuilder();
    if (given.yaml.text("content_type_warning").isPresent()) out.append("warned\n");
    for (YamlMap entry : given.yaml.maps("entries")) {
      if (entry.has("help")) out.append(said("HELP", entry, "help", "text"));
      else if (entry.has("type")) out.append(said("TYPE", entry, "type", "is"));
      else if (entry.has("unit")) out.append(said("UNIT", entry, "unit", "is"));
      else if (entry.has("series")) out.append(sample(entry));
      // a comment says nothing: it is not handed on
    }
    return out + given.yaml.required("verdict") + "\n";
  }

  private static String said(String kind, YamlMap entry, String name, String text) {
    return kind + " " + entry.text(name).orElse("") + " " + entry.text(text).orElse("") + "\n";
  }

  private static String sample(YamlMap entry) {
    String time = entry.integer("timestamp_ms").map(ms -> "@" + ms).orElse("");
    String start = entry.text("start_timestamp_ms").map(ms -> " since " + ms).orElse("");
    String value = entry.text("value").orElseGet(() -> entry.required("histogram"));
    var out = new StringBuilder(labels(entry, "series") + " " + value + time + start + "\n");
    for (YamlMap exemplar : entry.maps("exemplars")) {
      String at = exemplar.integer("timestamp_ms").map(ms -> "@" + ms).orElse("");
      out.append("  exemplar ").append(labels(exemplar, "labels")).append(' ');
      out.append(exemplar.required("value")).append(at).append('\n');
    }
    return out.toString();
  }

  private static String labels(YamlMap entry, String key) {
    if (entry.shown(key).equals("a list")) return "repeated labels";
    var labels = new TreeMap<>(entry.textMap(key));
    labels.values().removeIf(String::isEmpty);
    return labels.toString();
  }

  /** Writes down what it hears, in the form of the cases. */
  private static final class Recorder implements SampleVisitor {
    private final StringBuilder heard = new StringBuilder();

    @Override
    public void sample(SeriesText series, double value, long timestampMs) throws SyntaxError {
      heard.append(line(series, value, timestampMs));
    }

    @Override
    public void metadata(MetadataText said) throws SyntaxError {
      boolean isType = said.kind() == MetadataText.Kind.TYPE;
      String text = isType ? said.type().text() : said.text();
      heard.append(String.join(" ", List.of(said.kind().name(), said.metric(), text)));
      heard.append('\n');
    }

    @Override
    public boolean wantsExemplars() {
      return true;
    }

    @Override
    public void exemplar(SeriesText labels, double value, long timestampMs) throws SyntaxError {
      heard.append("  exemplar ").append(line(labels, value, timestampMs));
    }

    private static String line(SeriesText text, double value, long ms) throws SyntaxError {
      String time = ms == NO_TIMESTAMP ? "" : "@" + ms;
      return text.labels().toMap() + " " + FloatText.of(value) + time + "\n";
    }

    @Override
    public String toString() {
      return heard.toString();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void a_larger_page_is_read_whole(String name, int samples) throws Exception {
    byte[] page = Files.readAllBytes(SharedData.conformance("exposition/data/" + name));
    var heard = new Recorder();
    var format = name.contains(".om.") ? ExpositionFormat.OPEN_METRICS : ExpositionFormat.TEXT;

    format.parse(page, page.length, Limits.NORMAL, heard);

    String kinds =
        heard.toString().lines().map(l -> l.substring(0, 1)).collect(Collectors.joining());
    assertThat(kinds.chars().filter(c -> c == '{').count()).isEqualTo(samples);
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> pages() throws IOException {
    var pages = Stream.<org.junit.jupiter.params.provider.Arguments>builder();
    for (String name :
        List.of("1histogram.om.txt", "alltypes.237mfs.prom.txt", "alltypes.5mfs.om.txt")) {
      var file = SharedData.conformance("exposition/data/" + name);
      long samples = Files.readAllLines(file).stream().filter(l -> !l.startsWith("#")).count();
      pages.add(org.junit.jupiter.params.provider.Arguments.of(name, (int) samples));
    }
    return pages.build();
  }
}
