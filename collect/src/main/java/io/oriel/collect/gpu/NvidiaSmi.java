package io.oriel.collect.gpu;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for NVML where its library can't be loaded: {@code nvidia-smi} is run once a round and
 * its table read. What the table does not have answers as a function that the driver lacks: no
 * events, no instances, no performance monitors. Running a program each round costs much more than
 * asking the library.
 */
public final class NvidiaSmi implements Nvml {
  private static final Logger log = LoggerFactory.getLogger(NvidiaSmi.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final double MIB = 1 << 20;
  private static final double MILLI = 1000;
  private static final String FORMAT = "--format=csv,noheader,nounits";
  private static final Pattern INVALID =
      Pattern.compile("Field \"([A-Za-z0-9_.]{1,80})\" is not a valid field");
  private static final List<String> PLACES =
      List.of(
          "/usr/bin",
          "/usr/local/bin",
          "/usr/lib/wsl/lib",
          "/opt/bin",
          "/run/nvidia/driver/usr/bin");

  /** A column of the table: what is asked, and which call it answers. */
  private record Column(
      String query, @Nullable NvmlCall call, int place, @Nullable NvmlField field, double factor) {
    static Column of(String query, NvmlCall call, int place, double factor) {
      return new Column(query, call, place, null, factor);
    }

    static Column of(String query, NvmlField field, double factor) {
      return new Column(query, null, 0, field, factor);
    }
  }

  /** Texts that come before the numbers. */
  private static final List<String> TEXTS =
      List.of("uuid", "name", "serial", "vbios_version", "pci.bus_id", "driver_version");

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("utilization.gpu", NvmlCall.UTILIZATION, 0, 1),
          Column.of("utilization.memory", NvmlCall.UTILIZATION, 1, 1),
          Column.of("utilization.encoder", NvmlCall.ENCODER_UTILIZATION, 0, 1),
          Column.of("utilization.decoder", NvmlCall.DECODER_UTILIZATION, 0, 1),
          Column.of("memory.total", NvmlCall.MEMORY, 0, MIB),
          Column.of("memory.reserved", NvmlCall.MEMORY, 1, MIB),
          Column.of("memory.free", NvmlCall.MEMORY, 2, MIB),
          Column.of("memory.used", NvmlCall.MEMORY, 3, MIB),
          Column.of("temperature.gpu", NvmlCall.TEMPERATURE, 0, 1),
          Column.of("temperature.memory", NvmlField.MEMORY_TEMPERATURE, 1),
          Column.of("fan.speed", NvmlCall.FAN_SPEED, 0, 1),
          Column.of("power.draw", NvmlCall.POWER_USAGE, 0, MILLI),
          Column.of("power.draw.average", NvmlField.POWER_AVERAGE, MILLI),
          Column.of("power.draw.instant", NvmlField.POWER_INSTANT, MILLI),
          Column.of("power.limit", NvmlCall.POWER_LIMIT, 0, MILLI),
          Column.of("enforced.power.limit", NvmlCall.POWER_LIMIT_ENFORCED, 0, MILLI),
          Column.of("power.default_limit", NvmlCall.POWER_LIMIT_DEFAULT, 0, MILLI),
          Column.of("power.min_limit", NvmlCall.POWER_LIMIT_RANGE, 0, MILLI),
          Column.of("power.max_limit", NvmlCall.POWER_LIMIT_RANGE, 1, MILLI),
          Column.of("clocks.current.graphics", NvmlCall.CLOCK_GRAPHICS, 0, 1),
          Column.of("clocks.current.sm", NvmlCall.CLOCK_SM, 0, 1),
          Column.of("clocks.current.memory", NvmlCall.CLOCK_MEMORY, 0, 1),
          Column.of("clocks.current.video", NvmlCall.CLOCK_VIDEO, 0, 1),
          Column.of("clocks.max.graphics", NvmlCall.CLOCK_GRAPHICS_MAX, 0, 1),
          Column.of("clocks.max.sm", NvmlCall.CLOCK_SM_MAX, 0, 1),
          Column.of("clocks.max.memory", NvmlCall.CLOCK_MEMORY_MAX, 0, 1),
          Column.of("clocks_event_reasons.active", NvmlCall.CLOCK_EVENTS, 0, 1),
          Column.of("clocks_throttle_reasons.active", NvmlCall.CLOCK_EVENTS, 0, 1), // older drivers
          Column.of("pstate", NvmlCall.PERFORMANCE_STATE, 0, 1),
          Column.of("ecc.mode.current", NvmlCall.ECC_MODE, 0, 1),
          Column.of("ecc.mode.pending", NvmlCall.ECC_MODE, 1, 1),
          Column.of("ecc.errors.corrected.volatile.total", NvmlCall.ECC_CORRECTED_VOLATILE, 0, 1),
          Column.of("ecc.errors.corrected.aggregate.total", NvmlCall.ECC_CORRECTED_AGGREGATE, 0, 1),
          Column.of(
              "ecc.errors.uncorrected.volatile.total", NvmlCall.ECC_UNCORRECTED_VOLATILE, 0, 1),
          Column.of(
              "ecc.errors.uncorrected.aggregate.total", NvmlCall.ECC_UNCORRECTED_AGGREGATE, 0, 1),
          Column.of("retired_pages.single_bit_ecc.count", NvmlField.RETIRED_SINGLE_BIT, 1),
          Column.of("retired_pages.double_bit.count", NvmlField.RETIRED_DOUBLE_BIT, 1),
          Column.of("remapped_rows.correctable", NvmlCall.REMAPPED_ROWS, 0, 1),
          Column.of("remapped_rows.uncorrectable", NvmlCall.REMAPPED_ROWS, 1, 1),
          Column.of("remapped_rows.pending", NvmlCall.REMAPPED_ROWS, 2, 1),
          Column.of("remapped_rows.failure", NvmlCall.REMAPPED_ROWS, 3, 1),
          Column.of("pcie.link.gen.current", NvmlCall.PCIE_GENERATION, 0, 1),
          Column.of("pcie.link.gen.max", NvmlCall.PCIE_GENERATION_MAX, 0, 1),
          Column.of("pcie.link.width.current", NvmlCall.PCIE_WIDTH, 0, 1),
          Column.of("pcie.link.width.max", NvmlCall.PCIE_WIDTH_MAX, 0, 1),
          Column.of("mig.mode.current", NvmlCall.MIG_MODE, 0, 1),
          Column.of("mig.mode.pending", NvmlCall.MIG_MODE, 1, 1),
          Column.of("compute_mode", NvmlCall.COMPUTE_MODE, 0, 1),
          Column.of("persistence_mode", NvmlCall.PERSISTENCE_MODE, 0, 1),
          Column.of("display_active", NvmlCall.DISPLAY_ACTIVE, 0, 1));

  private final SmiProgram program;
  private final List<Column> columns = new ArrayList<>(COLUMNS); // less those it does not know
  private List<List<String>> table = List.of(); // this round's, a row a GPU
  private @Nullable List<List<String>> processes; // this round's; null until asked

  private NvidiaSmi(SmiProgram program) {
    this.program = program;
  }

  /** The program, where drivers put it; null when it is nowhere. */
  public static @Nullable Path find() {
    for (String place : PLACES) {
      Path path = Path.of(place, "nvidia-smi");
      if (Files.isExecutable(path)) return path;
    }
    return null;
  }

  /** Runs it once, to see that it works and which of our columns it knows. */
  public static NvidiaSmi open(Path program) throws NvmlException {
    return open(program, PATIENCE);
  }

  static NvidiaSmi open(Path program, Duration patience) throws NvmlException {
    var smi = new NvidiaSmi(new SmiProgram(program, patience));
    smi.deviceCount();
    return smi;
  }

  @Override
  public String where() {
    return program.path().toString();
  }

  /** Runs the program: a round begins. */
  @Override
  public int deviceCount() throws NvmlException {
    processes = null;
    for (int i = 0; i <= COLUMNS.size(); i++) {
      SmiProgram.Said said = program.run("--query-gpu=" + queries(), FORMAT);
      if (said.exit() == 0) {
        table = table(said, TEXTS.size() + columns.size());
        return table.size();
      }
      if (!forget(said.text())) throw NvmlException.of(SmiProgram.reason(said));
    }
    throw NvmlException.of(NvmlReturn.UNKNOWN);
  }

  private String queries() {
    var names = new ArrayList<>(TEXTS);
    columns.forEach(each -> names.add(each.query));
    return String.join(",", names);
  }

  /** It names one column that it does not know; the next run leaves that out. */
  private boolean forget(String complaint) {
    Matcher invalid = INVALID.matcher(complaint);
    if (!invalid.find()) return false;
    String query = invalid.group(1);
    log.info("nvidia-smi does not know a column column={}", query);
    return columns.removeIf(each -> each.query.equals(query));
  }

  private static List<List<String>> table(SmiProgram.Said said, int width) throws NvmlException {
    var rows = new ArrayList<List<String>>();
    for (String line : said.lines()) {
      List<String> row = List.of(line.split(", ", -1));
      if (row.size() != width) throw NvmlException.of(SmiProgram.reason(said));
      rows.add(row);
    }
    return rows;
  }

  @Override
  public String driverVersion() throws NvmlException {
    if (table.isEmpty()) throw NvmlException.of(NvmlReturn.NO_DATA);
    return text(0, "driver_version");
  }

  private String text(long device, String query) throws NvmlException {
    return SmiCell.text(row(device).get(TEXTS.indexOf(query)));
  }

  private List<String> row(long device) throws NvmlException {
    if (device < 0 || device >= table.size()) throw NvmlException.of(NvmlReturn.NOT_FOUND);
    return table.get((int) device);
  }

  @Override
  public int cudaVersion() throws NvmlException {
    throw notOffered();
  }

  /** Its number in the table. */
  @Override
  public long device(int index) throws NvmlException {
    row(index);
    return index;
  }

  @Override
  public String text(long device, NvmlText what) throws NvmlException {
    return switch (what) {
      case NAME -> text(device, "name");
      case UUID -> text(device, "uuid");
      case SERIAL -> text(device, "serial");
      case VBIOS -> text(device, "vbios_version");
      case INFOROM_OEM, INFOROM_ECC -> throw notOffered();
    };
  }

  /** All numbers of a call, or none: where some columns are not known, the others still count. */
  @Override
  public void numbers(long device, NvmlCall call, long[] out) throws NvmlException {
    List<String> row = row(device);
    NvmlException refused = notOffered();
    boolean found = false;
    for (int i = 0; i < call.size(); i++) out[i] = -1; // as NVML says that it has no value
    for (int i = 0; i < columns.size(); i++) {
      Column each = columns.get(i);
      if (each.call != call) continue;
      try {
        double value = SmiCell.number(row.get(TEXTS.size() + i)) * each.factor;
        out[each.place] = Math.round(value);
        found = true;
      } catch (NvmlException e) {
        if (e.answer().endsTheGpu()) throw e;
        refused = e;
      }
    }
    if (!found) throw refused;
    if (call.shape().places().stream().anyMatch(p -> p.width() == NvmlCall.Width.U32)) {
      for (int i = 0; i < call.size(); i++) out[i] &= 0xFFFFFFFFL;
    }
  }

  @Override
  public PciInfo pci(long device) throws NvmlException {
    String id = text(device, "pci.bus_id");
    return new PciInfo(id, hex(id, 0, 8), hex(id, 9, 11), hex(id, 12, 14), 0, 0);
  }

  private static int hex(String text, int from, int to) {
    try {
      return to > text.length() ? 0 : Integer.parseUnsignedInt(text.substring(from, to), 16);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  @Override
  public void fields(long device, Asked asked) throws NvmlException {
    List<String> row = row(device);
    asked.refuseAll(NvmlReturn.FUNCTION_NOT_FOUND);
    for (int i = 0; i < columns.size(); i++) {
      Column each = columns.get(i);
      if (each.field == null) continue;
      try {
        double value = SmiCell.number(row.get(TEXTS.size() + i)) * each.factor;
        asked.answer(each.field.ordinal(), value);
      } catch (NvmlException e) {
        asked.refuse(each.field.ordinal(), e.answer().code());
      }
    }
  }

  @Override
  public List<NvmlProcess> processes(long device, ProcessKind kind) throws NvmlException {
    if (kind != ProcessKind.COMPUTE) throw notOffered();
    String uuid = text(device, "uuid");
    var list = new ArrayList<NvmlProcess>();
    for (List<String> row : processes()) {
      if (!row.get(0).strip().equals(uuid)) continue;
      list.add(new NvmlProcess((int) SmiCell.number(row.get(1)), bytes(row.get(2)), -1, -1));
    }
    return list;
  }

  private static long bytes(String cell) {
    try {
      return (long) (SmiCell.number(cell) * MIB);
    } catch (NvmlException _) {
      return -1;
    }
  }

  private List<List<String>> processes() throws NvmlException {
    if (processes != null) return processes;
    SmiProgram.Said said =
        program.run("--query-compute-apps=gpu_uuid,pid,used_memory,process_name", FORMAT);
    if (said.exit() != 0) throw NvmlException.of(SmiProgram.reason(said));
    var rows = new ArrayList<List<String>>();
    for (String line : said.lines()) {
      List<String> row = List.of(line.split(", ", 4)); // a name may have commas in it
      if (row.size() == 4) rows.add(row);
    }
    processes = rows;
    return rows;
  }

  @Override
  public String processName(int pid) throws NvmlException {
    for (List<String> row : processes()) {
      if (row.get(1).strip().equals(Integer.toString(pid))) return SmiCell.text(row.get(3));
    }
    throw NvmlException.of(NvmlReturn.NOT_FOUND);
  }

  private static NvmlException notOffered() {
    return NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
  }

  @Override
  public long migDevice(long device, int index) throws NvmlException {
    throw notOffered();
  }

  @Override
  public long eventSet() throws NvmlException {
    throw notOffered();
  }

  @Override
  public void register(long device, long events, long eventSet) throws NvmlException {
    throw notOffered();
  }

  @Override
  public NvmlEvent await(long eventSet, int timeoutMs) throws NvmlException {
    throw notOffered();
  }

  @Override
  public void freeEventSet(long eventSet) {
    // there are none
  }

  @Override
  public boolean hasMonitors(long device) {
    return false;
  }

  @Override
  public long sample() throws NvmlException {
    throw notOffered();
  }

  @Override
  public void takeSample(long device, int gpuInstance, long sample) throws NvmlException {
    throw notOffered();
  }

  @Override
  public void compare(long older, long newer, Asked asked) throws NvmlException {
    throw notOffered();
  }

  @Override
  public void freeSample(long sample) {
    // there are none
  }

  @Override
  public void close() {
    // nothing is held
  }
}
