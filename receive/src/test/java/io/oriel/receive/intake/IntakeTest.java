package io.oriel.receive.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.model.Exemplar;
import io.oriel.model.Labels;
import io.oriel.model.MetricMetadata;
import io.oriel.model.Stale;
import io.oriel.model.backend.MetricWriter;
import io.oriel.model.backend.Receipt;
import io.oriel.model.histogram.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands for "no value" is not taken for one, and everything else goes on as it came. */
class IntakeTest {
  private final Written written = new Written();
  private final Intake intake = new Intake(() -> written);
  private final MetricWriter writer = intake.writer();

  private Receipt send(Labels labels, double... values) {
    long series = writer.series(labels);
    for (int i = 0; i < values.length; i++) writer.sample(series, i, values[i]);
    return writer.commit();
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "DCGM_FI_DEV_GPU_TEMP, 2147483632, vendor_blank",
    "DCGM_FI_DEV_MEMORY_TEMP, 2147483635, vendor_blank",
    "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION, 9.223372036854776E18, vendor_blank",
    "DCGM_FI_DEV_GPU_UTIL, 255, vendor_blank",
    "DCGM_FI_PROF_GR_ENGINE_ACTIVE, 140737488355328, vendor_blank",
    "DCGM_FI_PROF_SM_ACTIVE, 140737488355331, vendor_blank",
    "nvidia_smi_utilization_gpu_ratio, 1.7, impossible",
    "node_hwmon_temp_celsius, -62, not_connected",
    "node_hwmon_temp_celsius, 216, not_connected",
    "node_hwmon_temp_crit_celsius, 65261.85, not_connected",
    "node_hwmon_fan_rpm, 65535, not_connected",
    "node_network_speed_bytes, -125000, unknown_speed",
    "container_spec_memory_limit_bytes, 0, no_limit",
    "container_spec_memory_limit_bytes, 9223372036854771712, no_limit",
    "probe_ssl_last_chain_expiry_timestamp_seconds, -6.21355968e+10, zero_time"
  })
  void a_value_that_says_nothing_is_dropped_and_counted(String name, double value, String reason) {
    Receipt receipt = send(Labels.of(Labels.NAME, name), value);

    assertThat(written.rows).isEmpty();
    assertThat(receipt.repaired()).isEqualTo(Map.of(reason, 1));
    assertThat(receipt.dropped()).isEqualTo(1);
    assertThat(total()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "DCGM_FI_DEV_GPU_TEMP, 81",
    "DCGM_FI_DEV_FB_USED, 140737488355328", // a number of bytes may be that
    "DCGM_FI_DEV_GPU_UTIL, 100",
    "node_hwmon_temp_celsius, -40",
    "node_hwmon_fan_rpm, 0", // a fan may stand still
    "node_network_speed_bytes, 1.25E9",
    "container_spec_memory_limit_bytes, 8589934592",
    "process_virtual_memory_max_bytes, 1.8446744073709552E19",
    "up, 2147483632",
    "litellm_remaining_team_budget_metric, Infinity"
  })
  void a_value_that_can_be_goes_on_as_it_came(String name, double value) {
    Receipt receipt = send(Labels.of(Labels.NAME, name), value);

    assertThat(written.rows).containsExactly(name + " 0 " + value);
    assertThat(receipt.repaired()).isEmpty();
  }

  @Test
  void markers_and_gaps_in_a_series_with_a_rule_go_on_bit_by_bit() {
    var labels = Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP");

    send(labels, Stale.MARKER, Double.NaN, 2147483632.0, 50);

    assertThat(written.bits)
        .containsExactly(
            Double.doubleToRawLongBits(Stale.MARKER),
            Double.doubleToRawLongBits(Double.NaN),
            Double.doubleToRawLongBits(50));
  }

  @Test
  void an_alarm_that_went_through_the_milli_division_is_one_again() {
    var receipt = send(Labels.of(Labels.NAME, "node_hwmon_temp_crit_alarm_celsius"), 0.001, 0);

    assertThat(written.rows)
        .containsExactly(
            "node_hwmon_temp_crit_alarm_celsius 0 1.0", "node_hwmon_temp_crit_alarm_celsius 1 0.0");
    assertThat(receipt.repaired()).isEqualTo(Map.of("alarm_bit", 1));
    assertThat(receipt.dropped()).isZero();
  }

  @Test
  void labels_that_say_none_go() {
    send(Labels.of(Labels.NAME, "litellm_spend_metric_total", "end_user", "None", "model", "m"), 1);
    send(Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP", "modelName", "<<<NOT_SUPPORTED>>>"), 1);
    send(Labels.of(Labels.NAME, "up", "end_user", "None"), 1);

    assertThat(written.rows)
        .containsExactly(
            "litellm_spend_metric_total{model=\"m\"} 0 1.0",
            "DCGM_FI_DEV_GPU_TEMP 0 1.0",
            "up{end_user=\"None\"} 0 1.0");
    assertThat(intake.repaired(Repair.BLANK_LABEL)).isEqualTo(2);
  }

  @Test
  void the_start_of_a_dropped_row_is_not_that_of_the_row_before() {
    long temperature = writer.series(Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP"));

    writer.sample(temperature, 0, 50);
    writer.startOfLast(1);
    writer.sample(temperature, 1, 2147483632.0);
    writer.startOfLast(2);

    assertThat(written.starts).containsExactly(1L);
  }

  @Test
  void handles_are_released_under_the_number_that_the_sink_gave() {
    long series = writer.series(Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP"));

    writer.release(series);

    assertThat(written.released).containsExactly(0L);
  }

  @Test
  void a_second_batch_counts_from_zero() {
    send(Labels.of(Labels.NAME, "DCGM_FI_DEV_GPU_TEMP"), 2147483632.0);

    assertThat(send(Labels.of(Labels.NAME, "up"), 1).repaired()).isEmpty();
  }

  private long total() {
    return List.of(Repair.values()).stream().mapToLong(intake::repaired).sum();
  }

  /** Writes down what it is handed. */
  private static final class Written implements MetricWriter {
    final List<Labels> series = new ArrayList<>();
    final List<String> rows = new ArrayList<>();
    final List<Long> bits = new ArrayList<>();
    final List<Long> starts = new ArrayList<>();
    final List<Long> released = new ArrayList<>();

    @Override
    public long series(Labels labels) {
      series.add(labels);
      return series.size() - 1L;
    }

    @Override
    public void release(long handle) {
      released.add(handle);
    }

    @Override
    public void sample(long handle, long timeMs, double value) {
      rows.add(series.get((int) handle) + " " + timeMs + " " + value);
      bits.add(Double.doubleToRawLongBits(value));
    }

    @Override
    public void histogram(long handle, long timeMs, Histogram histogram) {
      rows.add(series.get((int) handle) + " " + timeMs + " " + histogram);
    }

    @Override
    public void startOfLast(long startMs) {
      starts.add(startMs);
    }

    @Override
    public void exemplar(long handle, Exemplar exemplar) {
      rows.add(series.get((int) handle) + " " + exemplar);
    }

    @Override
    public void metadata(String metric, MetricMetadata metadata) {
      rows.add(metric + " " + metadata);
    }

    @Override
    public Receipt commit() {
      return Receipt.allKept(rows.size());
    }

    @Override
    public void close() {}
  }
}
