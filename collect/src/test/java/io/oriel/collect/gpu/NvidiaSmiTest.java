package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fallback, against programs that answer as nvidia-smi does, well and badly. */
class NvidiaSmiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  /** A shell script in the program's place. */
  private Path program(String script) throws IOException {
    Path path = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return path;
  }

  /** Answers each column that is asked by what the map says, else by N/A. */
  private Path answering(Map<String, String> cells, String processes) throws IOException {
    var script = new StringBuilder("case \"$1\" in\n--query-compute-apps=*) cat <<'E'\n");
    script.append(processes).append("\nE\nexit 0;;\nesac\nIFS=,\nout=\n");
    script.append("for q in ${1#--query-gpu=}; do case \"$q\" in\n");
    cells.forEach(
        (query, cell) -> script.append(query).append(") c='").append(cell).append("';;\n"));
    script.append("*) c='[N/A]';;\nesac\nout=\"$out, $c\"; done\necho \"${out#, }\"");
    return program(script.toString());
  }

  private static void answers(NvmlReturn answer, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NvmlException.class, e -> assertThat(e.answer()).isEqualTo(answer));
  }

  private static final Map<String, String> RTX =
      Map.ofEntries(
          Map.entry("uuid", "GPU-AAAA"),
          Map.entry("name", "NVIDIA GeForce RTX 4080 SUPER"),
          Map.entry("pci.bus_id", "00000000:01:00.0"),
          Map.entry("driver_version", "595.71.05"),
          Map.entry("utilization.gpu", "37"),
          Map.entry("utilization.memory", "[N/A]"),
          Map.entry("memory.total", "16376"),
          Map.entry("memory.used", "1024"),
          Map.entry("memory.free", "15000"),
          Map.entry("temperature.gpu", "51"),
          Map.entry("power.draw", "120.45"),
          Map.entry("power.draw.instant", "[Insufficient Permissions]"),
          Map.entry("clocks_event_reasons.active", "0x0000000000000005"),
          Map.entry("pstate", "P2"),
          Map.entry("persistence_mode", "Enabled"),
          Map.entry("display_active", "Disabled"));

  @Test
  void a_round_of_the_program_is_told_as_the_library_s_answers_are() throws Exception {
    Path program = answering(RTX, "GPU-AAAA, 4711, 512, /usr/bin/python3, really\nGPU-B, 9, 1, x");
    var clock = new ManualClock();
    var out = new Readings();
    var collector =
        new GpuCollector(
            () -> NvidiaSmi.open(program, PATIENCE),
            EnumSet.allOf(NamingScheme.class),
            "",
            _ -> null,
            ServedModel.UNKNOWN,
            clock);
    out.begin();

    collector.collect(out);

    Told told = Told.of(out);
    String smi = "{uuid=\"aaaa\"}";
    assertThat(told.of("nvidia_smi_utilization_gpu_ratio" + smi)).isEqualTo(0.37);
    assertThat(told.of("nvidia_smi_memory_total_bytes" + smi)).isEqualTo(16376.0 * FakeNvml.MIB);
    assertThat(told.of("nvidia_smi_power_draw_watts" + smi)).isEqualTo(120.45);
    assertThat(told.of("nvidia_smi_pstate" + smi)).isEqualTo(2);
    assertThat(told.of("nvidia_smi_clocks_event_reasons_sw_power_cap" + smi)).isEqualTo(1);
    assertThat(told.of("nvidia_smi_persistence_mode" + smi)).isEqualTo(1);
    assertThat(told.of("nvidia_smi_display_active" + smi)).isZero();
    assertThat(told.of("nvidia_gpu_num_devices")).isEqualTo(1);
    assertThat(told.types())
        .doesNotContainKeys(
            "nvidia_smi_utilization_memory_ratio", "nvidia_smi_power_draw_instant_watts",
            "nvidia_smi_memory_reserved_bytes", "DCGM_FI_DEV_XID_ERRORS");
    assertThat(
            told.of("oriel_gpu_process_memory_bytes{gpu=\"0\", pid=\"4711\", uuid=\"GPU-AAAA\"}"))
        .isEqualTo(512 * FakeNvml.MIB);
    assertThat(collector.where()).isEqualTo(program.toString());
  }

  @Test
  void columns_that_an_older_program_does_not_know_are_left_out() throws Exception {
    Path program =
        program(
            """
            case "$1" in
            *clocks_event_reasons.active*)
              echo 'Field "clocks_event_reasons.active" is not a valid field to query.'; exit 2;;
            *memory.reserved*) echo 'Field "memory.reserved" is not a valid field to query.'; exit 2;;
            esac
            IFS=,; out=; for q in ${1#--query-gpu=}; do out="$out, $q"; done; echo "${out#, }"
            """);

    NvidiaSmi smi = NvidiaSmi.open(program, PATIENCE);

    var out = new long[NvmlCall.MOST_NUMBERS];
    assertThat(smi.text(0, NvmlText.NAME)).isEqualTo("name");
    answers(NvmlReturn.UNKNOWN, () -> smi.numbers(0, NvmlCall.TEMPERATURE, out)); // no number
    answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> smi.numbers(0, NvmlCall.FABRIC, out));
    answers(NvmlReturn.NOT_FOUND, () -> smi.device(1));
  }

  @ParameterizedTest
  @CsvSource({
    "'Failed to initialize NVML: Driver/library version mismatch', 18, LIB_RM_VERSION_MISMATCH",
    "'NVIDIA-SMI has failed because it couldn''t communicate with the NVIDIA driver.', 9,"
        + " DRIVER_NOT_LOADED",
    "'No devices were found', 6, GPU_NOT_FOUND",
    "'No devices were found', 0, GPU_NOT_FOUND",
    "'', 15, GPU_IS_LOST",
    "'what is this', 0, UNKNOWN",
    "'<html>', 77, UNKNOWN"
  })
  void what_the_program_complains_of_becomes_nvml_s_code(String says, int exit, NvmlReturn answer)
      throws IOException {
    Path program = program("cat <<'E'\n" + says + "\nE\nexit " + exit);

    answers(answer, () -> NvidiaSmi.open(program, PATIENCE));
  }

  @Test
  void a_program_that_hangs_is_ended() throws IOException {
    Path program = program("exec sleep 600");

    answers(NvmlReturn.TIMEOUT, () -> NvidiaSmi.open(program, Duration.ofMillis(200)));
  }

  @Test
  void a_program_that_talks_without_end_is_ended() throws IOException {
    Path program = program("exec yes");

    answers(NvmlReturn.UNKNOWN, () -> NvidiaSmi.open(program, PATIENCE));
  }

  @Test
  void a_program_that_is_none_is_said_so() throws IOException {
    Path program = Files.writeString(folder.resolve("nvidia-smi"), "no program");

    answers(NvmlReturn.UNKNOWN, () -> NvidiaSmi.open(program, PATIENCE));
  }

  @ParameterizedTest
  @CsvSource({
    "[N/A], NOT_SUPPORTED",
    "N/A, NOT_SUPPORTED",
    "[Not Supported], NOT_SUPPORTED",
    "[Unknown Error], UNKNOWN",
    "[Insufficient Permissions], NO_PERMISSION",
    "[GPU requires reset], RESET_REQUIRED",
    "Requested functionality has been deprecated, DEPRECATED",
    "[Requested functionality has been deprecated], DEPRECATED",
    "[Not Found], NOT_FOUND",
    "'', NO_DATA",
    "twelve, UNKNOWN",
    "0xZZ, UNKNOWN",
    "NaN, UNKNOWN",
    "-Infinity, UNKNOWN",
    "0x, UNKNOWN",
    "P, UNKNOWN",
    "[, UNKNOWN"
  })
  void a_cell_without_a_number_says_why(String cell, NvmlReturn answer) {
    answers(answer, () -> SmiCell.number(cell));
  }

  @Test
  void numbers_come_in_several_writings() throws NvmlException {
    assertThat(SmiCell.number(" 627.40 ")).isEqualTo(627.4);
    assertThat(SmiCell.number("0x00000000000001FF")).isEqualTo(511);
    assertThat(SmiCell.number("P8")).isEqualTo(8);
    assertThat(List.of(SmiCell.number("Not Active"), SmiCell.number("Active")))
        .containsExactly(0.0, 1.0);
  }
}
