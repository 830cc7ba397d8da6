package io.oriel.collect.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.collect.Readings;
import io.oriel.collect.Told;
import io.oriel.model.testing.ManualClock;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The binding against a library whose structs a C compiler has laid out. */
class NvmlLibraryTest {
  private static final long GIB = 1L << 30;

  @TempDir static Path folder;
  private static String library = "";

  private NvmlLibrary nvml;
  private long whole;
  private long inMigMode;
  private long lost;

  @BeforeAll
  static void build() throws Exception {
    library = FakeLibrary.build(folder);
  }

  @BeforeEach
  void open() throws NvmlException {
    nvml = NvmlLibrary.open(List.of("/nowhere/libnvidia-ml.so.1", library));
    whole = nvml.device(0);
    inMigMode = nvml.device(1);
    lost = nvml.device(2);
  }

  @AfterEach
  void close() {
    nvml.close();
  }

  private static void answers(NvmlReturn answer, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(NvmlException.class, e -> assertThat(e.answer()).isEqualTo(answer));
  }

  private long[] numbers(long device, NvmlCall call) throws NvmlException {
    var out = new long[call.size()];
    nvml.numbers(device, call, out);
    return out;
  }

  @Test
  void the_system_says_what_it_is() throws NvmlException {
    assertThat(nvml.where()).isEqualTo("NVML (" + library + ")");
    assertThat(nvml.driverVersion()).isEqualTo("590.48.01");
    assertThat(nvml.cudaVersion()).isEqualTo(13010);
    assertThat(nvml.deviceCount()).isEqualTo(3);
  }

  @Test
  void a_device_says_who_it_is() throws NvmlException {
    assertThat(nvml.text(whole, NvmlText.NAME)).isEqualTo("NVIDIA H200");
    assertThat(nvml.text(whole, NvmlText.UUID)).isEqualTo("GPU-0000");
    assertThat(nvml.text(whole, NvmlText.INFOROM_OEM)).isEqualTo("2.1");
    assertThat(nvml.text(whole, NvmlText.INFOROM_ECC)).isEqualTo("7.16");
    assertThat(nvml.pci(whole))
        .isEqualTo(new PciInfo("00000000:83:00.0", 0, 0x83, 0, 0x233510DEL, 0x18BE10DEL));
  }

  /** Every function that the fake has; the compiler's layout and our table must agree. */
  @Test
  void numbers_stand_where_the_compiler_puts_them() throws NvmlException {
    Map<NvmlCall, long[]> expected = expected();

    for (NvmlCall call : NvmlCall.values()) {
      long[] known = expected.get(call);
      NvmlReturn none =
          call == NvmlCall.FAN_SPEED ? NvmlReturn.NOT_SUPPORTED : NvmlReturn.FUNCTION_NOT_FOUND;
      if (known == null) answers(none, () -> numbers(whole, call));
      else assertThat(numbers(whole, call)).as(call.name()).isEqualTo(known);
    }
  }

  private static Map<NvmlCall, long[]> expected() {
    Map<NvmlCall, long[]> expected = new EnumMap<>(NvmlCall.class);
    expected.put(NvmlCall.UTILIZATION, new long[] {97, 41});
    expected.put(NvmlCall.ENCODER_UTILIZATION, new long[] {11, 12});
    expected.put(NvmlCall.DECODER_UTILIZATION, new long[] {13, 14});
    expected.put(NvmlCall.MEMORY, new long[] {141 * GIB, GIB, 40 * GIB, 100 * GIB});
    expected.put(NvmlCall.MEMORY_OLDER, new long[] {141 * GIB, 40 * GIB, 101 * GIB});
    expected.put(NvmlCall.TEMPERATURE, new long[] {-5});
    expected.put(NvmlCall.TEMPERATURE_OLDER, new long[] {52});
    expected.put(NvmlCall.TEMPERATURE_MARGIN, new long[] {35});
    expected.put(NvmlCall.TEMPERATURE_SHUTDOWN, new long[] {90});
    expected.put(NvmlCall.TEMPERATURE_SLOWDOWN, new long[] {91});
    expected.put(NvmlCall.TEMPERATURE_MEMORY_MAX, new long[] {92});
    expected.put(NvmlCall.TEMPERATURE_GPU_MAX, new long[] {93});
    expected.put(NvmlCall.POWER_USAGE, new long[] {627_400});
    expected.put(NvmlCall.POWER_LIMIT, new long[] {700_000});
    expected.put(NvmlCall.POWER_LIMIT_ENFORCED, new long[] {690_000});
    expected.put(NvmlCall.POWER_LIMIT_RANGE, new long[] {200_000, 200_001});
    expected.put(NvmlCall.ENERGY, new long[] {0x123456789ABCL});
    expected.put(NvmlCall.CLOCK_GRAPHICS, new long[] {1980});
    expected.put(NvmlCall.CLOCK_SM, new long[] {1981});
    expected.put(NvmlCall.CLOCK_MEMORY, new long[] {1982});
    expected.put(NvmlCall.CLOCK_VIDEO, new long[] {1983});
    expected.put(NvmlCall.CLOCK_GRAPHICS_MAX, new long[] {2980});
    expected.put(NvmlCall.CLOCK_SM_MAX, new long[] {2981});
    expected.put(NvmlCall.CLOCK_MEMORY_MAX, new long[] {2982});
    expected.put(NvmlCall.CLOCK_EVENTS, new long[] {0x24});
    expected.put(NvmlCall.PERFORMANCE_STATE, new long[] {0});
    expected.put(NvmlCall.ECC_MODE, new long[] {0, 1});
    expected.put(NvmlCall.ECC_CORRECTED_VOLATILE, new long[] {100});
    expected.put(NvmlCall.ECC_CORRECTED_AGGREGATE, new long[] {101});
    expected.put(NvmlCall.ECC_UNCORRECTED_VOLATILE, new long[] {110});
    expected.put(NvmlCall.ECC_UNCORRECTED_AGGREGATE, new long[] {111});
    expected.put(NvmlCall.ECC_CORRECTED_VOLATILE_DRAM, new long[] {1002});
    expected.put(NvmlCall.ECC_CORRECTED_AGGREGATE_DRAM, new long[] {1012});
    expected.put(NvmlCall.ECC_UNCORRECTED_VOLATILE_DRAM, new long[] {1102});
    expected.put(NvmlCall.ECC_UNCORRECTED_AGGREGATE_DRAM, new long[] {1112});
    expected.put(NvmlCall.ECC_CORRECTED_VOLATILE_SRAM, new long[] {1007});
    expected.put(NvmlCall.ECC_CORRECTED_AGGREGATE_SRAM, new long[] {1017});
    expected.put(NvmlCall.ECC_UNCORRECTED_VOLATILE_SRAM, new long[] {1107});
    expected.put(NvmlCall.ECC_UNCORRECTED_AGGREGATE_SRAM, new long[] {1117});
    expected.put(NvmlCall.ECC_SRAM, new long[] {21, 22, 23, 24, 25, 26, 27, 28, 29, 1});
    expected.put(NvmlCall.REMAPPED_ROWS, new long[] {4, 3, 1, 0});
    expected.put(NvmlCall.REMAP_HISTOGRAM, new long[] {3071, 5, 4, 3, 2});
    expected.put(NvmlCall.PCIE_TRANSMIT, new long[] {5000});
    expected.put(NvmlCall.PCIE_RECEIVE, new long[] {5001});
    expected.put(NvmlCall.PCIE_GENERATION, new long[] {5});
    expected.put(NvmlCall.MIG_MODE, new long[] {0, 0});
    expected.put(NvmlCall.MIG_DEVICES_MAX, new long[] {7});
    expected.put(NvmlCall.GPU_INSTANCE, new long[] {9});
    expected.put(NvmlCall.COMPUTE_INSTANCE, new long[] {0});
    expected.put(NvmlCall.MINOR_NUMBER, new long[] {7});
    expected.put(NvmlCall.COMPUTE_CAPABILITY, new long[] {9, 10});
    expected.put(NvmlCall.FABRIC, new long[] {77, 3});
    expected.put(NvmlCall.PLATFORM, new long[] {1, 2, 3, 255});
    return expected;
  }

  @Test
  void what_a_device_does_not_offer_is_said_by_its_code() {
    answers(NvmlReturn.NOT_SUPPORTED, () -> numbers(inMigMode, NvmlCall.UTILIZATION));
    answers(NvmlReturn.GPU_IS_LOST, () -> numbers(lost, NvmlCall.POWER_USAGE));
    answers(NvmlReturn.GPU_IS_LOST, () -> nvml.text(lost, NvmlText.NAME));
    answers(NvmlReturn.INVALID_ARGUMENT, () -> nvml.device(3));
    answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> nvml.text(whole, NvmlText.VBIOS));
  }

  @Test
  void fields_come_in_every_type_and_each_with_a_code_of_its_own() throws NvmlException {
    Asked fields = Asked.fields();

    nvml.fields(whole, fields);

    assertThat(fields.value(NvmlField.MEMORY_TEMPERATURE.ordinal())).isEqualTo(40);
    assertThat(fields.value(NvmlField.POWER_AVERAGE.ordinal())).isEqualTo(627_400.5);
    assertThat(fields.value(NvmlField.NVLINK_TRANSMITTED.ordinal())).isEqualTo(0x1p40);
    assertThat(fields.value(NvmlField.HELD_BY_POWER.ordinal())).isEqualTo(-7);
    assertThat(fields.value(NvmlField.EDPP_MULTIPLIER.ordinal())).isEqualTo(-100);
    assertThat(fields.value(NvmlField.RECOVERY_ACTION.ordinal())).isEqualTo(65_535);
    answers(NvmlReturn.NOT_SUPPORTED, () -> fields.value(NvmlField.POWER_INSTANT.ordinal()));
    answers(NvmlReturn.UNKNOWN, () -> fields.value(NvmlField.NVLINKS.ordinal()));
  }

  @Test
  void a_list_of_processes_that_grows_while_it_is_asked_for_is_read_whole() throws NvmlException {
    List<NvmlProcess> list = nvml.processes(whole, Nvml.ProcessKind.COMPUTE);

    assertThat(list).hasSizeGreaterThan(100);
    assertThat(list.get(0)).isEqualTo(new NvmlProcess(4711, GIB, -1, -1));
    assertThat(list.get(1)).isEqualTo(new NvmlProcess(4712, -1, -1, -1));
    assertThat(list.get(99)).isEqualTo(new NvmlProcess(4810, 100 * GIB, -1, -1));
    assertThat(nvml.processes(inMigMode, Nvml.ProcessKind.COMPUTE).get(0).gpuInstance())
        .isEqualTo(7);
    assertThat(nvml.processes(whole, Nvml.ProcessKind.GRAPHICS)).isEmpty();
    answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> nvml.processes(whole, Nvml.ProcessKind.MPS));
    assertThat(nvml.processName(4711)).isEqualTo("/usr/bin/python3");
    answers(NvmlReturn.NOT_FOUND, () -> nvml.processName(1));
  }

  @Test
  void instances_are_found_between_empty_places() throws NvmlException {
    long first = nvml.migDevice(inMigMode, 1);
    long second = nvml.migDevice(inMigMode, 4);

    assertThat(nvml.text(first, NvmlText.UUID)).isEqualTo("MIG-aaaa");
    assertThat(numbers(first, NvmlCall.GPU_INSTANCE)).containsExactly(7);
    assertThat(numbers(second, NvmlCall.GPU_INSTANCE)).containsExactly(9);
    assertThat(numbers(first, NvmlCall.MEMORY)[0]).isEqualTo(141 * GIB / 8);
    answers(NvmlReturn.NOT_FOUND, () -> nvml.migDevice(inMigMode, 0));
  }

  @Test
  void events_are_taken_until_there_are_no_more() throws NvmlException {
    long set = nvml.eventSet();

    nvml.register(whole, NvmlEvent.XID, set);

    assertThat(nvml.await(set, 0)).isEqualTo(new NvmlEvent(whole, NvmlEvent.XID, 79));
    assertThat(nvml.await(set, 0)).isEqualTo(new NvmlEvent(whole, NvmlEvent.XID, 31));
    answers(NvmlReturn.TIMEOUT, () -> nvml.await(set, 0));
    answers(NvmlReturn.GPU_IS_LOST, () -> nvml.register(lost, NvmlEvent.XID, set));
    nvml.freeEventSet(set);
  }

  @Test
  void two_samples_of_the_monitors_are_compared() throws NvmlException {
    Asked monitors = Asked.monitors();
    assertThat(nvml.hasMonitors(whole)).isTrue();
    long older = nvml.sample();
    long newer = nvml.sample();
    nvml.takeSample(inMigMode, 7, older);
    nvml.takeSample(inMigMode, 7, newer);

    nvml.compare(older, newer, monitors);

    assertThat(monitors.value(GpmMetric.TENSOR.ordinal())).isEqualTo(5.07);
    assertThat(monitors.value(GpmMetric.NVLINK_TRANSMIT.ordinal())).isEqualTo(61.07);
    answers(NvmlReturn.NOT_SUPPORTED, () -> monitors.value(GpmMetric.TENSOR_IMMA.ordinal()));
    answers(NvmlReturn.INVALID_ARGUMENT, () -> nvml.compare(newer, older, monitors));
    nvml.freeSample(newer);
    nvml.freeSample(older);
  }

  @Test
  void a_collector_s_rounds_go_through_the_binding() throws Exception {
    var clock = new ManualClock();
    var out = new Readings();
    var collector =
        new GpuCollector(
            () -> NvmlLibrary.open(List.of(library)),
            EnumSet.allOf(NamingScheme.class),
            "",
            _ -> null,
            ServedModel.UNKNOWN,
            clock);

    for (int i = 0; i < 3; i++) {
      clock.advance(15_000);
      out.begin();
      collector.collect(out);
    }

    Told told = Told.of(out);
    assertThat(told.of("nvidia_smi_temperature_gpu{uuid=\"0000\"}")).isEqualTo(-5);
    assertThat(told.of("nvidia_smi_xid_errors_total{uuid=\"0000\", xid=\"79\"}")).isEqualTo(1);
    assertThat(told.of("nvidia_smi_mig_sm_activity_ratio{gpu_instance_id=\"7\", uuid=\"1111\"}"))
        .isEqualTo(0.0207);
    assertThat(told.of("nvidia_gpu_num_devices")).isEqualTo(3);
    assertThat(out.failures()).containsEntry("gpus", "1 of 3 can't be opened");
    assertThat(collector.seen().getFirst().processes()).hasSizeGreaterThan(100);
    collector.close();
  }

  @Test
  void an_old_driver_lacks_functions_and_has_others_by_older_names(@TempDir Path old)
      throws Exception {
    String built = FakeLibrary.build(old, "OLD");

    try (var older = NvmlLibrary.open(List.of(built))) {
      long device = older.device(0);
      var out = new long[NvmlCall.MOST_NUMBERS];
      older.numbers(device, NvmlCall.CLOCK_EVENTS, out);

      assertThat(out[0]).isEqualTo(0x24);
      assertThat(older.processes(device, Nvml.ProcessKind.COMPUTE))
          .containsExactly(new NvmlProcess(4711, 5 * GIB, -1, -1));
      answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> older.numbers(device, NvmlCall.MEMORY, out));
      answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> older.fields(device, Asked.fields()));
      answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> older.hasMonitors(device));
      answers(NvmlReturn.FUNCTION_NOT_FOUND, older::eventSet);
      answers(NvmlReturn.FUNCTION_NOT_FOUND, () -> older.migDevice(device, 0));
    }
  }

  @Test
  void what_can_t_be_opened_says_why(@TempDir Path broken) throws Exception {
    String built = FakeLibrary.build(broken, "BROKEN");

    answers(NvmlReturn.LIB_RM_VERSION_MISMATCH, () -> NvmlLibrary.open(List.of(built)));
    answers(
        NvmlReturn.LIBRARY_NOT_FOUND,
        () -> NvmlLibrary.open(List.of("/nowhere/libnvidia-ml.so.1")));
  }

  @Test
  void no_struct_is_larger_than_the_buffer_and_no_number_outside_its_struct() {
    for (NvmlCall call : NvmlCall.values()) {
      NvmlCall.Shape shape = call.shape();
      assertThat(call.size()).as(call.name()).isBetween(1, NvmlCall.MOST_NUMBERS);
      int room = shape.isStruct() ? shape.structBytes() : 128;
      assertThat(room).as(call.name()).isLessThanOrEqualTo(128);
      for (NvmlCall.Place place : shape.places()) {
        assertThat(place.offset() + bytes(place.width())).as(call.name()).isLessThanOrEqualTo(room);
      }
    }
  }

  private static int bytes(NvmlCall.Width width) {
    return switch (width) {
      case U8 -> 1;
      case I32, U32 -> 4;
      case U64 -> 8;
    };
  }
}
