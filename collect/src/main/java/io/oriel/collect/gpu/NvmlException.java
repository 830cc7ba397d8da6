package io.oriel.collect.gpu;

import java.util.EnumMap;
import java.util.Map;

/**
 * A call into NVML gave a code in place of a value. That is ordinary (a quantity that this GPU does
 * not offer), so there is one object a code, without a stack trace: throwing costs nothing.
 */
public final class NvmlException extends Exception {
  private static final long serialVersionUID = 1;
  private static final Map<NvmlReturn, NvmlException> ALL = all();

  private final NvmlReturn answer;

  private NvmlException(NvmlReturn answer) {
    super(answer.words(), null, false, false);
    this.answer = answer;
  }

  private static Map<NvmlReturn, NvmlException> all() {
    var all = new EnumMap<NvmlReturn, NvmlException>(NvmlReturn.class);
    for (NvmlReturn each : NvmlReturn.values()) all.put(each, new NvmlException(each));
    return all;
  }

  @SuppressWarnings("NullAway") // every one is in it
  public static NvmlException of(NvmlReturn answer) {
    return ALL.get(answer);
  }

  public static NvmlException of(int code) {
    return of(NvmlReturn.of(code));
  }

  /** What NVML answered. */
  public NvmlReturn answer() {
    return answer;
  }
}
