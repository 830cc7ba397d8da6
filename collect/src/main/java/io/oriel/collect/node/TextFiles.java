package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.collect.node.TextFileReader.Row;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What scripts write into a folder as files {@code *.prom}, in text exposition. A file that is
 * wrong is left out and named, the others count. Write to another name and rename, so that no half
 * a file is read.
 */
final class TextFiles implements Part {
  private static final Metric ERROR =
      Metric.gauge("node_textfile_scrape_error", "1 when a file or the folder can't be read.");
  private static final Metric MODIFIED =
      Metric.gauge(
          "node_textfile_mtime_seconds", "When the file was written last, in seconds since 1970.");
  private static final int MOST_FILES = 1000;
  private static final int MOST_SERIES = 20_000;

  private final @Nullable Path folder;
  private final Map<Path, TextFile> files = new TreeMap<>();
  private final List<Row> rows = new ArrayList<>();
  private String problem = "";

  /**
   * @param folder null where none is configured: then nothing is told and nothing is wrong
   */
  TextFiles(@Nullable Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "textfile";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(ERROR, MODIFIED);
  }

  @Override
  public void read(Readings out) {
    if (folder != null) look(folder);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      out.tell(row.metric(), row.labels(), row.value());
    }
    for (TextFile file : files.values()) {
      if (file.problem().isEmpty()) out.tell(MODIFIED, file.label, file.modifiedSeconds());
    }
    out.tell(ERROR, problem.isEmpty() ? 0 : 1);
    if (!problem.isEmpty()) out.failed(name(), problem);
  }

  private void look(Path in) {
    boolean changed;
    try {
      changed = sync(in);
    } catch (IOException _) {
      files.clear();
      rows.clear();
      problem = "the folder " + in + " can't be read";
      return;
    }
    for (TextFile file : files.values()) changed |= file.look();
    if (changed) join();
  }

  /** Brings the list of files up to date; true when one came or went. */
  private boolean sync(Path in) throws IOException {
    var found = new ArrayList<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(in, "*.prom")) {
      for (Path entry : entries) if (found.size() < MOST_FILES) found.add(entry);
    }
    boolean changed = files.keySet().retainAll(found) || !problem.isEmpty();
    for (Path path : found) {
      if (!files.containsKey(path)) changed |= files.put(path, new TextFile(path)) == null;
    }
    return changed;
  }

  /** Puts the files' rows together; of two descriptions of one metric the first file's counts. */
  private void join() {
    rows.clear();
    problem = "";
    Map<String, Metric> first = new HashMap<>();
    for (TextFile file : files.values()) {
      String wrong = file.problem().isEmpty() ? add(file, first) : file.problem();
      if (!wrong.isEmpty() && problem.isEmpty()) problem = file.name + ": " + wrong;
    }
  }

  /** Adds a file's rows; why not all of them, if so. */
  private String add(TextFile file, Map<String, Metric> first) {
    String wrong = "";
    for (Row row : file.rows()) {
      Metric metric = first.computeIfAbsent(row.metric().name(), _ -> row.metric());
      if (metric.type() != row.metric().type()) {
        wrong = metric.name() + " has another type in another file";
      } else if (rows.size() >= MOST_SERIES) {
        wrong = "more than " + MOST_SERIES + " series in all files";
      } else {
        rows.add(new Row(metric, row.labels(), row.value()));
      }
    }
    return wrong;
  }
}
