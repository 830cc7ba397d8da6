package io.oriel.collect.gpu;

import io.oriel.collect.Metric;
import io.oriel.collect.Readings;
import io.oriel.model.Clock;
import io.oriel.model.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * XID errors: the driver's reports of what went wrong on a GPU. They come as events, which each
 * round takes out of their queue, and are counted by GPU and code; what happened before Oriel
 * started is not to be had.
 */
final class Xids {
  private static final Logger log = LoggerFactory.getLogger(Xids.class);
  private static final int MOST_A_ROUND = 1000;
  private static final int MOST_CODES = 200; // a GPU; a driver knows fewer

  static final Metric INFO =
      Metric.gauge("oriel_gpu_xid_info", "1, for an XID error that was seen, with what it means.");

  /**
   * What was seen of one code on one GPU. Kept by uuid: handles change when NVML is opened anew.
   */
  private static final class Tally {
    private final long code;
    private final Map<Labels, Labels> labels = new HashMap<>(); // a scheme's, with the code
    private long count;
    private double lastSeconds;

    Tally(long code) {
      this.code = code;
    }

    Labels with(Labels gpu) {
      return labels.computeIfAbsent(gpu, each -> each.with("xid", Long.toString(code)));
    }
  }

  private static final class OfGpu {
    private final List<Tally> tallies = new ArrayList<>();
    private long last;

    @Nullable Tally tally(long code) {
      for (Tally each : tallies) {
        if (each.code == code) return each;
      }
      if (tallies.size() == MOST_CODES) return null;
      var tally = new Tally(code);
      tallies.add(tally);
      return tally;
    }
  }

  private final Clock clock;
  private final Map<String, OfGpu> seen = new HashMap<>();
  private final Set<Long> codes = new TreeSet<>();
  private final Map<Long, Labels> infos = new HashMap<>();
  private final Map<Long, Gpu> gpus = new HashMap<>(); // by handle, those that report
  private long eventSet;
  private boolean isOpen;
  private NvmlReturn refused = NvmlReturn.NO_DATA;

  Xids(Clock clock) {
    this.clock = clock;
  }

  /** Asks the driver to report; a GPU that can't is left out. */
  void open(Nvml nvml, List<Gpu> all) {
    gpus.clear();
    try {
      eventSet = nvml.eventSet();
      isOpen = true;
    } catch (NvmlException e) {
      refused = e.answer();
      return;
    }
    for (Gpu gpu : all) {
      try {
        nvml.register(gpu.handle(), NvmlEvent.XID, eventSet);
        gpus.put(gpu.handle(), gpu);
      } catch (NvmlException e) {
        refused = e.answer();
      }
    }
  }

  /** Takes what was reported since the last round; waits for nothing. */
  void look(Nvml nvml) throws NvmlException {
    if (!isOpen || gpus.isEmpty()) return;
    try {
      for (int i = 0; i < MOST_A_ROUND; i++) take(nvml.await(eventSet, 0));
    } catch (NvmlException e) {
      if (e.answer().endsTheRound()) throw e;
      // TIMEOUT: the queue is empty
    }
  }

  private void take(NvmlEvent event) {
    Gpu gpu = gpus.get(event.device());
    if (gpu == null || event.type() != NvmlEvent.XID) return;
    OfGpu of = seen.computeIfAbsent(gpu.uuid(), _ -> new OfGpu());
    of.last = event.data();
    Tally tally = of.tally(event.data());
    if (tally == null) return;
    if (tally.count++ == 0) say(gpu, event.data());
    tally.lastSeconds = clock.millis() / 1000.0;
    if (codes.size() < MOST_CODES) codes.add(event.data());
  }

  private static void say(Gpu gpu, long code) {
    GpuTroubles.Trouble trouble = GpuTroubles.xid(code);
    log.warn(
        "XID error gpu={} uuid={} xid={} meaning=\"{}\" action=\"{}\"",
        gpu.index(),
        gpu.uuid(),
        code,
        trouble.meaning(),
        trouble.action());
  }

  /** The code that came last, 0 before the first. */
  void tellLast(Metric metric, Gpu gpu, Labels labels, Readings out) {
    if (!gpus.containsKey(gpu.handle())) {
      out.missing(metric, labels, refused.words());
      return;
    }
    OfGpu of = seen.get(gpu.uuid());
    out.tell(metric, labels, of == null ? 0 : of.last);
  }

  /** How many of each code, and when the last came. */
  void tellAll(Metric count, Metric time, Gpu gpu, Labels labels, Readings out) {
    OfGpu of = seen.get(gpu.uuid());
    if (of == null) return;
    for (Tally each : of.tallies) {
      out.tell(count, each.with(labels), each.count);
      out.tell(time, each.with(labels), each.lastSeconds);
    }
  }

  /** What the codes mean that were seen. */
  void tellMeanings(Readings out) {
    for (Long code : codes) out.tell(INFO, infos.computeIfAbsent(code, Xids::info), 1);
  }

  private static Labels info(long code) {
    GpuTroubles.Trouble trouble = GpuTroubles.xid(code);
    return Labels.of(
        "xid", Long.toString(code),
        "name", trouble.name(),
        "meaning", trouble.meaning(),
        "action", trouble.action());
  }

  void close(Nvml nvml) {
    if (isOpen) nvml.freeEventSet(eventSet);
    isOpen = false;
    gpus.clear();
  }
}
