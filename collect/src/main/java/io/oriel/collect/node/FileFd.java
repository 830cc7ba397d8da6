package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import java.util.List;

/** Open files of the whole machine. */
final class FileFd implements Part {
  private static final Metric ALLOCATED =
      Metric.gauge("node_filefd_allocated", "Files that are open now.");
  private static final Metric MAXIMUM =
      Metric.gauge("node_filefd_maximum", "How many files may be open at a time.");

  private final KernelFiles.KeptFile file;

  FileFd(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("sys/fs/file-nr"));
  }

  @Override
  public String name() {
    return "filefd";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(ALLOCATED, MAXIMUM);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    out.tell(ALLOCATED, text.firstNumber());
    text.word(); // free ones: always 0 since Linux 2.6
    text.word();
    out.tell(MAXIMUM, text.wordUnsigned());
  }
}
