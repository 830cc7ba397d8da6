package io.oriel.collect.gpu;

import io.oriel.model.Labels;
import io.oriel.model.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that a real exporter gave: its families' types, and its series. */
record Capture(Map<String, String> types, Map<Labels, Double> values) {
  private static final Pattern SAMPLE = Pattern.compile("([A-Za-z0-9_:]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9_]+)=\"([^\"]*)\"");

  static Capture of(String file) throws IOException {
    var types = new TreeMap<String, String>();
    var values = new TreeMap<Labels, Double>();
    for (String line : Files.readAllLines(SharedData.reference("metrics/samples/" + file))) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", -1);
        types.put(words[2], words[3].toUpperCase(Locale.ROOT));
      }
      Matcher sample = SAMPLE.matcher(line);
      if (line.startsWith("#") || !sample.matches()) continue;
      Labels.Builder labels = Labels.builder().set(Labels.NAME, sample.group(1));
      Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
      while (label.find()) {
        if (!label.group(2).isEmpty()) labels.set(label.group(1), label.group(2));
      }
      values.put(labels.build(), Double.valueOf(sample.group(3)));
    }
    return new Capture(types, values);
  }

  /** The names of the labels that a family's series have, all together. */
  Set<String> labels(String family) {
    return labels(values, family);
  }

  static Set<String> labels(Map<Labels, Double> values, String family) {
    var names = new TreeSet<String>();
    values.keySet().stream()
        .filter(each -> each.metricName().equals(family))
        .forEach(each -> names.addAll(each.withoutName().toMap().keySet()));
    return names;
  }
}
