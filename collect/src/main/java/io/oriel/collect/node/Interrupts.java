package io.oriel.collect.node;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Labels;
import java.util.List;

/**
 * Interrupts by CPU and source. Sources times CPUs grows fast on large machines, so beyond a limit
 * this part says so and tells nothing.
 */
final class Interrupts implements Part {
  private static final Metric TOTAL =
      Metric.counter("node_interrupts_total", "Interrupts served, by CPU and source.");
  private static final int MOST_SERIES = 8192;

  /** A line of the file: one source, with its label set for each CPU. */
  private static final class Source {
    byte[] tail = {};
    Labels[] cpus = {};
  }

  private final KernelFiles.KeptFile file;
  private final Known<Source> sources = new Known<>(_ -> new Source());
  private final long[] counts = new long[4096];
  private String[] cpuNames = {};

  Interrupts(KernelFiles files, Roots roots) {
    this.file = files.keep(roots.proc("interrupts"));
  }

  @Override
  public String name() {
    return "interrupts";
  }

  @Override
  public List<Metric> metrics() {
    return List.of(TOTAL);
  }

  @Override
  public void read(Readings out) throws Unreadable {
    Text text = file.read();
    if (!text.line()) return;
    readCpus(text);
    int told = 0;
    while (text.line()) {
      if (!text.upTo(':')) continue;
      Source source = sources.of(text);
      String type = source.cpus.length == 0 ? text.wordString() : "";
      int width = 0;
      while (width < cpuNames.length && text.word() && text.isNumber()) {
        counts[width++] = text.wordNumber();
      }
      if (width < cpuNames.length) continue; // ERR and MIS: one figure for the whole machine
      told += width;
      if (told > MOST_SERIES) {
        throw Unreadable.because("more than " + MOST_SERIES + " series; the first were told");
      }
      tell(source, type, text, out);
    }
  }

  /** The headings: CPU0 CPU1... of the CPUs that are on; a CPU that was plugged in changes them. */
  private void readCpus(Text text) {
    int count = 0;
    boolean same = true;
    while (count < counts.length && text.word()) {
      text.trimStart(3);
      if (count >= cpuNames.length || !text.wordIs(cpuNames[count])) same = false;
      count++;
    }
    if (same && count == cpuNames.length) return;
    text.rewindLine();
    cpuNames = new String[count];
    for (int i = 0; i < count; i++) {
      text.word();
      text.trimStart(3);
      cpuNames[i] = text.wordString();
    }
    sources.clear();
  }

  private void tell(Source source, String type, Text text, Readings out) {
    if (source.cpus.length == 0 || !text.lineEquals(source.tail)) describe(source, type, text);
    for (int i = 0; i < cpuNames.length; i++) out.tell(TOTAL, source.cpus[i], counts[i]);
  }

  /** Numbered sources have a chip, then the devices; named ones have a sentence. */
  private void describe(Source source, String type, Text text) {
    source.tail = text.lineBytes();
    String known = source.cpus.length > 0 ? source.cpus[0].valueOf("type") : type;
    text.rest();
    String rest = text.wordString();
    String[] words = rest.trim().split("\\s+", 2);
    boolean numbered = Character.isDigit(known.charAt(0));
    String info = numbered ? words[0] : rest.trim();
    String devices = numbered && words.length > 1 ? words[1].replaceAll("\\s+", " ") : "";
    source.cpus = new Labels[cpuNames.length];
    for (int i = 0; i < cpuNames.length; i++) {
      source.cpus[i] =
          Labels.of("cpu", cpuNames[i], "type", known, "info", info, "devices", devices);
    }
  }
}
