package io.oriel.collect.gpu;

import java.util.Locale;
import java.util.Map;

/** One cell of nvidia-smi's output: a number in some writing, or why there is none. */
final class SmiCell {
  private static final Map<String, NvmlReturn> NONE =
      Map.of(
          "n/a", NvmlReturn.NOT_SUPPORTED,
          "not supported", NvmlReturn.NOT_SUPPORTED,
          "not found", NvmlReturn.NOT_FOUND,
          "function not found", NvmlReturn.FUNCTION_NOT_FOUND,
          "requested functionality has been deprecated", NvmlReturn.DEPRECATED,
          "insufficient permissions", NvmlReturn.NO_PERMISSION,
          "gpu requires reset", NvmlReturn.RESET_REQUIRED,
          "gpu is lost", NvmlReturn.GPU_IS_LOST,
          "unknown error", NvmlReturn.UNKNOWN);

  /** Words that stand for numbers, as nvidia_gpu_exporter counts them. */
  private static final Map<String, Double> WORDS =
      Map.ofEntries(
          Map.entry("enabled", 1.0),
          Map.entry("disabled", 0.0),
          Map.entry("active", 1.0),
          Map.entry("not active", 0.0),
          Map.entry("yes", 1.0),
          Map.entry("no", 0.0),
          Map.entry("default", 0.0),
          Map.entry("exclusive_thread", 1.0),
          Map.entry("prohibited", 2.0),
          Map.entry("exclusive_process", 3.0));

  private SmiCell() {}

  /** The text of a cell. */
  static String text(String cell) throws NvmlException {
    String bare = cell.strip();
    String inner =
        bare.startsWith("[") && bare.endsWith("]") ? bare.substring(1, bare.length() - 1) : bare;
    NvmlReturn none = NONE.get(inner.toLowerCase(Locale.ROOT));
    if (none != null) throw NvmlException.of(none);
    if (bare.isEmpty()) throw NvmlException.of(NvmlReturn.NO_DATA);
    return bare;
  }

  /** The number in a cell. */
  static double number(String cell) throws NvmlException {
    String text = text(cell);
    Double word = WORDS.get(text.toLowerCase(Locale.ROOT));
    if (word != null) return word;
    try {
      if (text.startsWith("0x")) return Long.parseUnsignedLong(text.substring(2), 16);
      if (text.startsWith("P")) return Integer.parseInt(text.substring(1));
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) return value;
      throw NvmlException.of(NvmlReturn.UNKNOWN);
    } catch (NumberFormatException _) {
      throw NvmlException.of(NvmlReturn.UNKNOWN);
    }
  }
}
