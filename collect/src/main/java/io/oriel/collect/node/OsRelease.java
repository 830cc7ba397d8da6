package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which distribution this is. Format: os-release(5). */
final class OsRelease implements Part {
  private static final Metric INFO =
      Metric.gauge("node_os_info", "1, with what os-release says as labels.");
  private static final Metric VERSION =
      Metric.gauge("node_os_version", "Major and minor version of the distribution, as a number.");
  private static final List<String> FIELDS =
      List.of(
          "build_id",
          "id",
          "id_like",
          "image_id",
          "image_version",
          "name",
          "pretty_name",
          "variant",
          "variant_id",
          "version",
          "version_codename",
          "version_id");
  private static final Pattern NUMBER = Pattern.compile("^\\d+(\\.\\d+)?");

  private final KernelFiles files;
  private final List<NativePath> places;
  private byte[] before = {};
  private Labels info = Labels.EMPTY;
  private Labels versionLabels = Labels.EMPTY;
  private double version = Double.NaN; // some rolling distributions have none

  OsRelease(KernelFiles files, Roots roots) {
    this.files = files;
    this.places =
        List.of(
            NativePath.of(roots.root("/etc/os-release")),
            NativePath.of(roots.root("/usr/lib/os-release")));
  }

  @Override
  public String name() {
    return "os";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(INFO, VERSION);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = text();
    if (text == null) throw Unreadable.nothingHere("no /etc/os-release");
    if (!text.contentEquals(before)) {
      before = text.contentBytes();
      take(parse(text));
    }
    out.tell(INFO, info, 1);
    if (!Double.isNaN(version)) out.tell(VERSION, versionLabels, version);
  }

  private @Nullable Text text() {
    for (int i = 0; i < places.size(); i++) {
      Text text = files.tryRead(places.get(i));
      if (text != null) return text;
    }
    return null;
  }

  private static Map<String, String> parse(Text text) {
    var fields = new HashMap<String, String>();
    while (text.line()) {
      if (!text.upTo('=')) continue;
      String key = text.wordString().toLowerCase(Locale.ROOT);
      text.rest();
      fields.put(key, unquoted(text.wordString()));
    }
    return fields;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && (value.charAt(0) == '"' || value.charAt(0) == '\'');
    return quoted ? value.substring(1, value.length() - 1).replace("\\", "") : value;
  }

  private void take(Map<String, String> fields) {
    var all = Labels.builder();
    for (String field : FIELDS) all.set(field, fields.getOrDefault(field, ""));
    info = all.build();
    versionLabels = info.only(Set.of("id", "id_like", "name"));
    Matcher number = NUMBER.matcher(fields.getOrDefault("version_id", ""));
    version = number.find() ? Double.parseDouble(number.group()) : Double.NaN;
  }
}
