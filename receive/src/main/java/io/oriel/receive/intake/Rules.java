package io.oriel.receive.intake;

import io.oriel.model.Labels;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of wrong values: a row a family of metrics. The first row that names a metric is
 * its rule. Sources: the headers and pages of DCGM, NVML, the kernel's hwmon and cgroups, cAdvisor,
 * blackbox_exporter and LiteLLM.
 */
final class Rules {
  static final int NONE = 0;

  private static final double INT32_BLANK = 0x7ffffff0; // and the three after it
  private static final double INT64_BLANK = 9.2e18; // 0x7ffffffffffffff0 as a double is 2^63
  private static final double FP64_BLANK = 0x1p47; // and the three after it
  private static final double UNLIMITED = 9.2e18; // cgroup 1 says 9223372036854771712
  private static final double COLDEST = -55;
  private static final double HOTTEST = 150;
  private static final double GO_ZERO_TIME = -6.2e10; // year 1, in seconds since 1970

  /**
   * One rule.
   *
   * @param broken which values it is about
   * @param mended what such a value is instead; null where the sample is dropped
   */
  record Rule(
      Predicate<String> metric,
      Repair repair,
      DoublePredicate broken,
      @Nullable DoubleUnaryOperator mended) {}

  private static final List<Rule> TABLE =
      List.of(
          drop(named("DCGM_FI_DEV_GPU_UTIL"), Repair.VENDOR_BLANK, v -> v > 100),
          drop(named("DCGM_FI_DEV_GPU_UTIL_RATIO"), Repair.VENDOR_BLANK, v -> v > 100),
          drop(prefixed("DCGM_FI_PROF_"), Repair.VENDOR_BLANK, v -> blank(v) || fp64Blank(v)),
          drop(prefixed("DCGM_"), Repair.VENDOR_BLANK, Rules::blank),
          drop(named("nvidia_smi_utilization_gpu_ratio"), Repair.IMPOSSIBLE, v -> v > 1),
          drop(named("node_hwmon_temp_celsius"), Repair.NOT_CONNECTED, Rules::noTemperature),
          drop(named("node_hwmon_temp_crit_celsius"), Repair.NOT_CONNECTED, v -> v > HOTTEST),
          mend(
              named("node_hwmon_temp_crit_alarm_celsius"),
              Repair.ALARM_BIT,
              v -> v == 0.001,
              v -> v * 1000),
          drop(named("node_hwmon_fan_rpm"), Repair.NOT_CONNECTED, v -> v == 65_535),
          drop(named("node_network_speed_bytes"), Repair.UNKNOWN_SPEED, v -> v < 0),
          drop(
              named("container_spec_memory_limit_bytes"),
              Repair.NO_LIMIT,
              v -> v == 0 || v >= UNLIMITED),
          drop(
              named("probe_ssl_last_chain_expiry_timestamp_seconds"),
              Repair.ZERO_TIME,
              v -> v < GO_ZERO_TIME));

  private Rules() {}

  private static Rule drop(Predicate<String> metric, Repair repair, DoublePredicate broken) {
    return new Rule(metric, repair, broken, null);
  }

  private static Rule mend(
      Predicate<String> metric, Repair repair, DoublePredicate broken, DoubleUnaryOperator mended) {
    return new Rule(metric, repair, broken, mended);
  }

  private static Predicate<String> named(String name) {
    return name::equals;
  }

  private static Predicate<String> prefixed(String prefix) {
    return name -> name.startsWith(prefix);
  }

  private static boolean blank(double v) {
    return (v >= INT32_BLANK && v <= INT32_BLANK + 3) || v >= INT64_BLANK;
  }

  private static boolean fp64Blank(double v) {
    return v >= FP64_BLANK && v <= FP64_BLANK + 3;
  }

  private static boolean noTemperature(double v) {
    return v < COLDEST || v > HOTTEST;
  }

  /** The number of a metric's rule, {@link #NONE} for most. */
  static int of(Labels labels) {
    String metric = labels.metricName();
    for (int i = 0; i < TABLE.size(); i++) {
      if (TABLE.get(i).metric().test(metric)) return i + 1;
    }
    return NONE;
  }

  static Rule rule(int number) {
    return TABLE.get(number - 1);
  }

  /** How many rules there are; their numbers are 1 to this. */
  static int count() {
    return TABLE.size();
  }

  /** Whether a label's value stands for none, by what the exporter is known to write. */
  static boolean blankLabel(String metric, String value) {
    if (metric.startsWith("DCGM_")) return value.startsWith("<<<") && value.endsWith(">>>");
    return metric.startsWith("litellm_") && value.equals("None");
  }
}
