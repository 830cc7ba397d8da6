package io.oriel.simulate.serve;

import io.oriel.simulate.page.Cell;
import io.oriel.simulate.page.Family;
import io.oriel.simulate.page.MetricsPage;
import io.oriel.simulate.world.SimContainer;
import io.oriel.simulate.world.SimRequest;
import io.oriel.simulate.world.World;

/** What a Python program's client library tells of its own process. */
final class PythonProcess {
  private static final String[] GENERATIONS = {"0", "1", "2"};

  private final SimContainer container;
  private final Cell[] collected = new Cell[3];
  private final Cell[] collections = new Cell[3];
  private final Cell resident;
  private final Cell cpu;
  private final Cell start;
  private final Cell open;
  private final Cell info;
  private final Cell virtual;
  private final Cell most;
  private double requests;

  PythonProcess(MetricsPage page, World world, String container, String version) {
    this.container = world.daemon().container(container);
    Family gc = page.counter("python_gc_objects_collected_total", "Objects collected during gc");
    Family lost =
        page.counter(
            "python_gc_objects_uncollectable_total", "Uncollectable objects found during GC");
    Family runs =
        page.counter(
            "python_gc_collections_total", "Number of times this generation was collected");
    for (int i = 0; i < 3; i++) {
      collected[i] = gc.cell("generation", GENERATIONS[i]);
      lost.cell("generation", GENERATIONS[i]);
      collections[i] = runs.cell("generation", GENERATIONS[i]);
    }
    String[] parts = version.split("\\.", -1);
    this.info =
        page.gauge("python_info", "Python platform information")
            .cell(
                "implementation",
                "CPython",
                "major",
                parts[0],
                "minor",
                parts[1],
                "patchlevel",
                parts[2],
                "version",
                version);
    this.virtual =
        page.gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.").cell();
    this.resident =
        page.gauge("process_resident_memory_bytes", "Resident memory size in bytes.").cell();
    this.start =
        page.gauge(
                "process_start_time_seconds",
                "Start time of the process since unix epoch in seconds.")
            .cell();
    this.cpu =
        page.counter(
                "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.")
            .cell();
    this.open = page.gauge("process_open_fds", "Number of open file descriptors.").cell();
    this.most = page.gauge("process_max_fds", "Maximum number of open file descriptors.").cell();
    settle();
  }

  void request(SimRequest request) {
    requests += 1 + request.outputTokens() / 200.0;
  }

  void restart() {
    requests = 0;
  }

  void settle() {
    info.set(1);
    most.set(1_048_576);
    virtual.set(3.2 * container.spec().memory());
    resident.set(container.memoryBytes() * 0.8);
    start.set(container.startedMs() / 1000.0);
    cpu.set(Math.floor(container.cpuSeconds() * 90) / 100);
    open.set(58);
    for (int i = 0; i < 3; i++) {
      double scale = i == 0 ? 1 : i == 1 ? 0.1 : 0.01;
      collected[i].set(Math.floor(7_400 * scale + 310 * scale * requests));
      collections[i].set(Math.floor(1_150 * scale + 4 * scale * requests));
    }
  }
}
