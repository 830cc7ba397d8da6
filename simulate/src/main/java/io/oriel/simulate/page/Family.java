package io.oriel.simulate.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The series of one name: their head, and they. Labels come as name, value, name, value. */
public final class Family {
  private final String name;
  private final byte[] head;
  private final boolean counts; // since its process began
  private final boolean hasCreated; // a second family that says since when each is counted
  private final byte[] createdHead;
  private final Map<List<String>, Cell> cells = new LinkedHashMap<>();
  private final Map<List<String>, Histogram> histograms = new LinkedHashMap<>();
  private final List<Cell> lines = new ArrayList<>();
  private final Map<List<String>, Cell> created = new LinkedHashMap<>();
  private final MetricsPage page;

  Family(MetricsPage page, String name, String type, String help, boolean hasCreated) {
    this.page = page;
    this.name = name;
    this.head = head(name, type, help);
    this.counts = !type.equals("gauge");
    this.hasCreated = hasCreated;
    this.createdHead = head(createdName(), "gauge", help);
  }

  private static byte[] head(String name, String type, String help) {
    return "# HELP %s %s\n# TYPE %s %s\n"
        .formatted(name, help, name, type)
        .getBytes(StandardCharsets.UTF_8);
  }

  private String createdName() {
    String base = name.endsWith("_total") ? name.substring(0, name.length() - 6) : name;
    return base + "_created";
  }

  /** The series with these labels; made when it is asked for the first time. */
  public Cell cell(String... labels) {
    return cells.computeIfAbsent(List.of(labels), this::newCell);
  }

  private Cell newCell(List<String> labels) {
    Cell cell = new Cell(prefix(name, labels));
    lines.add(cell);
    sayCreated(labels);
    return cell;
  }

  private void sayCreated(List<String> labels) {
    if (!hasCreated) return;
    Cell since = new Cell(prefix(createdName(), labels));
    since.set(page.nowSeconds());
    created.put(labels, since);
  }

  /** The histogram with these labels; made when it is asked for the first time. */
  public Histogram histogram(double[] bounds, String... labels) {
    return histograms.computeIfAbsent(List.of(labels), key -> newHistogram(bounds, key));
  }

  private Histogram newHistogram(double[] bounds, List<String> labels) {
    var buckets = new ArrayList<Cell>();
    for (double bound : bounds) buckets.add(bucket(labels, page.bound(bound)));
    buckets.add(bucket(labels, "+Inf"));
    lines.addAll(buckets);
    Cell count = new Cell(prefix(name + "_count", labels));
    Cell sum = new Cell(prefix(name + "_sum", labels));
    lines.add(count);
    lines.add(sum);
    sayCreated(labels);
    return new Histogram(bounds, List.copyOf(buckets), count, sum);
  }

  private Cell bucket(List<String> labels, String bound) {
    var all = new ArrayList<>(List.of("le", bound));
    all.addAll(labels);
    return new Cell(prefix(name + "_bucket", all));
  }

  private static String prefix(String name, List<String> labels) {
    if (labels.isEmpty()) return name + " ";
    var text = new StringBuilder(name).append('{');
    for (int i = 0; i < labels.size(); i += 2) {
      if (i > 0) text.append(',');
      String value = labels.get(i + 1).replace("\\", "\\\\").replace("\"", "\\\"");
      text.append(labels.get(i)).append("=\"").append(value.replace("\n", "\\n")).append('"');
    }
    return text.append("} ").toString();
  }

  /** All begin again at 0, as in a new process. */
  void restart() {
    if (!counts) return;
    cells.values().forEach(each -> each.set(0));
    histograms.values().forEach(Histogram::clear);
    created.values().forEach(each -> each.set(page.nowSeconds()));
  }

  /** Forgets its series. */
  public void clear() {
    cells.clear();
    histograms.clear();
    lines.clear();
    created.clear();
  }

  int size() {
    return lines.size() + created.size();
  }

  void write(ByteArrayOutputStream out, Numbers numbers, StringBuilder scratch) {
    if (lines.isEmpty()) return;
    for (Histogram each : histograms.values()) each.settle();
    out.writeBytes(head);
    for (Cell each : lines) out.writeBytes(each.line(numbers, scratch));
    if (created.isEmpty()) return;
    out.writeBytes(createdHead);
    for (Cell each : created.values()) out.writeBytes(each.line(numbers, scratch));
  }
}
