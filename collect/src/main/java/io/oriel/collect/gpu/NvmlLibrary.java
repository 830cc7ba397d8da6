package io.oriel.collect.gpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real NVML, {@code libnvidia-ml.so.1} of the driver, by the foreign-function API. Functions
 * are looked up by their versioned names; one that the driver does not have answers {@link
 * NvmlReturn#FUNCTION_NOT_FOUND}, so that old and new drivers both do.
 *
 * <p>It belongs to the thread that opened it. Closing unloads the library, so that after an update
 * of the driver the new one can be opened.
 */
public final class NvmlLibrary implements Nvml {
  /** Where drivers put it: the loader's own way, WSL, the driver's container, NixOS. */
  public static final List<String> NAMES =
      List.of(
          "libnvidia-ml.so.1",
          "/usr/lib/wsl/lib/libnvidia-ml.so.1",
          "/run/nvidia/driver/usr/lib/x86_64-linux-gnu/libnvidia-ml.so.1",
          "/run/nvidia/driver/usr/lib/aarch64-linux-gnu/libnvidia-ml.so.1",
          "/run/opengl-driver/lib/libnvidia-ml.so.1");

  private static final int TEXT_BYTES = 4096; // a process' name may be a whole path
  private static final int PCI_BYTES = 68; // nvmlPciInfo_t

  private final Arena arena;
  private final Symbols symbols;
  private final NumberCalls numbers;
  private final ProcessCalls processes;
  private final FieldCall fields;
  private final MonitorCalls monitors;
  private final EventCalls events;
  private final MemorySegment word;
  private final MemorySegment text;
  private final MemorySegment pci;
  private final Map<NvmlText, MethodHandle> texts = new EnumMap<>(NvmlText.class);
  private final @Nullable MethodHandle driverVersion;
  private final @Nullable MethodHandle cudaVersion;
  private final @Nullable MethodHandle processName;
  private final @Nullable MethodHandle count;
  private final @Nullable MethodHandle device;
  private final @Nullable MethodHandle migDevice;
  private final @Nullable MethodHandle pciInfo;

  private NvmlLibrary(Symbols symbols, Arena arena) {
    this.symbols = symbols;
    this.arena = arena;
    this.numbers = new NumberCalls(symbols, arena);
    this.processes = new ProcessCalls(symbols, arena);
    this.fields = new FieldCall(symbols, arena);
    this.monitors = new MonitorCalls(symbols, arena);
    this.events = new EventCalls(symbols, arena);
    this.word = arena.allocate(Long.BYTES, Long.BYTES);
    this.text = arena.allocate(TEXT_BYTES);
    this.pci = arena.allocate(PCI_BYTES, Integer.BYTES);
    var pointer = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    this.driverVersion =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT), "nvmlSystemGetDriverVersion");
    this.cudaVersion =
        symbols.find(
            pointer, "nvmlSystemGetCudaDriverVersion_v2", "nvmlSystemGetCudaDriverVersion");
    this.processName =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT),
            "nvmlSystemGetProcessName");
    this.count = symbols.find(pointer, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount");
    this.device =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
            "nvmlDeviceGetHandleByIndex_v2",
            "nvmlDeviceGetHandleByIndex");
    this.migDevice =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG),
            "nvmlDeviceGetMigDeviceHandleByIndex");
    this.pciInfo =
        symbols.find(
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), "nvmlDeviceGetPciInfo_v3");
    for (NvmlText each : NvmlText.values()) bind(each);
  }

  private void bind(NvmlText each) {
    FunctionDescriptor shape =
        each.argument() < 0
            ? FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT)
            : FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT);
    MethodHandle found = symbols.find(shape, each.function());
    if (found != null) texts.put(each, found);
  }

  /** Opens the driver's library, wherever it is. */
  public static NvmlLibrary open() throws NvmlException {
    return open(NAMES);
  }

  /**
   * Opens the first of these libraries that can be loaded, and initialises it.
   *
   * @throws NvmlException {@link NvmlReturn#LIBRARY_NOT_FOUND}, or what NVML says to being opened
   */
  public static NvmlLibrary open(List<String> names) throws NvmlException {
    Arena arena = Arena.ofConfined();
    try {
      Symbols symbols = Symbols.open(names, arena);
      if (symbols == null) throw NvmlException.of(NvmlReturn.LIBRARY_NOT_FOUND);
      initialise(symbols);
      return new NvmlLibrary(symbols, arena);
    } catch (NvmlException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static void initialise(Symbols symbols) throws NvmlException {
    MethodHandle init =
        there(symbols.find(FunctionDescriptor.of(JAVA_INT), "nvmlInit_v2", "nvmlInit"));
    int code;
    try {
      code = (int) init.invokeExact();
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
  }

  @Override
  public String where() {
    return "NVML (" + symbols.name() + ")";
  }

  @Override
  public String driverVersion() throws NvmlException {
    MethodHandle handle = there(driverVersion);
    int code;
    try {
      code = (int) handle.invokeExact(text.address(), 80);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return text();
  }

  @Override
  public int cudaVersion() throws NvmlException {
    return number(there(cudaVersion));
  }

  @Override
  public int deviceCount() throws NvmlException {
    return number(there(count));
  }

  private int number(MethodHandle handle) throws NvmlException {
    word.set(JAVA_LONG, 0, 0);
    int code;
    try {
      code = (int) handle.invokeExact(word.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return word.get(JAVA_INT, 0);
  }

  @Override
  public long device(int index) throws NvmlException {
    MethodHandle handle = there(device);
    word.set(JAVA_LONG, 0, 0);
    int code;
    try {
      code = (int) handle.invokeExact(index, word.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return word.get(JAVA_LONG, 0);
  }

  @Override
  public long migDevice(long parent, int index) throws NvmlException {
    MethodHandle handle = there(migDevice);
    word.set(JAVA_LONG, 0, 0);
    int code;
    try {
      code = (int) handle.invokeExact(parent, index, word.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return word.get(JAVA_LONG, 0);
  }

  @Override
  public String text(long of, NvmlText what) throws NvmlException {
    MethodHandle handle = there(texts.get(what));
    int code;
    try {
      code =
          what.argument() < 0
              ? (int) handle.invokeExact(of, text.address(), 96)
              : (int) handle.invokeExact(of, what.argument(), text.address(), 96);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return text();
  }

  @Override
  public String processName(int pid) throws NvmlException {
    MethodHandle handle = there(processName);
    int code;
    try {
      code = (int) handle.invokeExact(pid, text.address(), TEXT_BYTES);
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    return text();
  }

  /** What was written last; a library that forgot the end of the text can't lead beyond ours. */
  private String text() {
    text.set(JAVA_BYTE, TEXT_BYTES - 1, (byte) 0);
    return text.getString(0, StandardCharsets.UTF_8);
  }

  @Override
  public PciInfo pci(long of) throws NvmlException {
    MethodHandle handle = there(pciInfo);
    pci.fill((byte) 0);
    int code;
    try {
      code = (int) handle.invokeExact(of, pci.address());
    } catch (Throwable e) {
      throw Symbols.broken(e);
    }
    check(code);
    pci.set(JAVA_BYTE, PCI_BYTES - 1, (byte) 0);
    return new PciInfo(
        pci.getString(36),
        pci.get(JAVA_INT, 16),
        pci.get(JAVA_INT, 20),
        pci.get(JAVA_INT, 24),
        Integer.toUnsignedLong(pci.get(JAVA_INT, 28)),
        Integer.toUnsignedLong(pci.get(JAVA_INT, 32)));
  }

  @Override
  public void numbers(long of, NvmlCall call, long[] out) throws NvmlException {
    numbers.ask(of, call, out);
  }

  @Override
  public void fields(long of, Asked asked) throws NvmlException {
    fields.ask(of, asked);
  }

  @Override
  public List<NvmlProcess> processes(long of, ProcessKind kind) throws NvmlException {
    return processes.list(of, kind);
  }

  @Override
  public long eventSet() throws NvmlException {
    return events.create();
  }

  @Override
  public void register(long of, long which, long eventSet) throws NvmlException {
    events.register(of, which, eventSet);
  }

  @Override
  public NvmlEvent await(long eventSet, int timeoutMs) throws NvmlException {
    return events.await(eventSet, timeoutMs);
  }

  @Override
  public void freeEventSet(long eventSet) {
    events.free(eventSet);
  }

  @Override
  public boolean hasMonitors(long of) throws NvmlException {
    return monitors.isSupported(of);
  }

  @Override
  public long sample() throws NvmlException {
    return monitors.sample();
  }

  @Override
  public void takeSample(long of, int gpuInstance, long sample) throws NvmlException {
    monitors.take(of, gpuInstance, sample);
  }

  @Override
  public void compare(long older, long newer, Asked asked) throws NvmlException {
    monitors.compare(older, newer, asked);
  }

  @Override
  public void freeSample(long sample) {
    monitors.free(sample);
  }

  @Override
  public void close() {
    MethodHandle shutdown = symbols.find(FunctionDescriptor.of(JAVA_INT), "nvmlShutdown");
    try {
      if (shutdown != null) {
        int _ = (int) shutdown.invokeExact();
      }
    } catch (Throwable e) {
      throw Symbols.broken(e);
    } finally {
      arena.close();
    }
  }

  private static MethodHandle there(@Nullable MethodHandle handle) throws NvmlException {
    if (handle == null) throw NvmlException.of(NvmlReturn.FUNCTION_NOT_FOUND);
    return handle;
  }

  private static void check(int code) throws NvmlException {
    if (code != 0) throw NvmlException.of(code);
  }
}
