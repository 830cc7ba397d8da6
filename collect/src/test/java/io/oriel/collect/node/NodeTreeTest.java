package io.oriel.collect.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd machines: old kernels, hot-plugged CPUs, names with spaces, parts that are not there. */
class NodeTreeTest {
  @TempDir Path folder;
  private Tree machine;

  @BeforeEach
  void open() {
    machine = new Tree(folder);
  }

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void the_time_of_each_cpu_is_told_in_seconds_and_the_sum_line_is_left_out() {
    machine.with(
        "proc/stat",
        "cpu  300 0 0 0 0 0 0 0 0 0\ncpu0 100 1 2 3 4 5 6 7 8 9\ncpu3 200 0 0 0 0 0 0 0 0 0\n");

    Told told = machine.round();

    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}")).isEqualTo(1);
    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"steal\"}")).isEqualTo(0.07);
    assertThat(told.of("node_cpu_guest_seconds_total{cpu=\"0\", mode=\"nice\"}")).isEqualTo(0.09);
    assertThat(told.of("node_cpu_seconds_total{cpu=\"3\", mode=\"user\"}")).isEqualTo(2);
    assertThat(told.values().keySet())
        .noneMatch(labels -> labels.valueOf("cpu").isEmpty() && labels.get("mode") != null);
  }

  @Test
  void a_counter_of_a_cpu_that_steps_back_a_little_is_held() {
    machine.with("proc/stat", "cpu0 0 0 0 5000 90 0 0 0 0 0\n").round();
    machine.with("proc/stat", "cpu0 0 0 0 4900 80 0 0 0 0 0\n");

    Told told = machine.round();

    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"iowait\"}")).isEqualTo(0.9);
    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}")).isEqualTo(50);
  }

  @Test
  void a_cpu_that_was_unplugged_starts_again() {
    machine.with("proc/stat", "cpu0 70 0 0 5000 90 0 0 0 0 0\n").round();
    machine.with("proc/stat", "cpu0 10 0 0 4700 80 0 0 0 0 0\n");

    Told told = machine.round();

    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"user\"}")).isEqualTo(0.1);
    assertThat(told.of("node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}")).isEqualTo(47);
  }

  @Test
  void a_cpu_that_is_switched_off_is_not_told() {
    machine.with("proc/stat", "cpu0 1 0 0 0 0 0 0 0 0 0\ncpu1 1 0 0 0 0 0 0 0 0 0\n").round();
    machine.with("proc/stat", "cpu0 2 0 0 0 0 0 0 0 0 0\n");

    Told told = machine.round();

    assertThat(told.of("node_cpu_seconds_total{cpu=\"1\", mode=\"user\"}")).isNaN();
  }

  @Test
  void interrupts_are_told_of_the_cpus_that_are_on() {
    machine.with(
        "proc/interrupts",
        """
                   CPU0       CPU2
          9:          1          2   IO-APIC   9-fasteoi   acpi
        LOC:        100        200   Local timer interrupts
        ERR:          0
        """);

    Told told = machine.round();

    assertThat(
            told.of(
                "node_interrupts_total{cpu=\"2\", devices=\"9-fasteoi acpi\", info=\"IO-APIC\","
                    + " type=\"9\"}"))
        .isEqualTo(2);
    assertThat(
            told.of(
                "node_interrupts_total{cpu=\"0\", info=\"Local timer interrupts\", type=\"LOC\"}"))
        .isEqualTo(100);
    assertThat(told.values().keySet()).noneMatch(labels -> labels.valueOf("type").equals("ERR"));
  }

  @Test
  void an_old_kernel_has_fewer_disk_columns_and_no_series_is_made_up_for_them() {
    machine.with(
        "proc/diskstats",
        "   8  0 sda 10 1 20 30 40 2 50 60 1 70 80\n   8  1 sda1 1 1 1 1 1 1 1 1 1 1 1\n");

    Told told = machine.round();

    assertThat(told.of("node_disk_read_bytes_total{device=\"sda\"}")).isEqualTo(20 * 512);
    assertThat(told.of("node_disk_io_time_weighted_seconds_total{device=\"sda\"}")).isEqualTo(0.08);
    assertThat(told.of("node_disk_discards_completed_total{device=\"sda\"}")).isNaN();
    assertThat(told.of("node_disk_read_bytes_total{device=\"sda1\"}")).isNaN();
  }

  @Test
  void an_old_kernel_does_not_say_how_much_memory_is_available_and_neither_do_we() {
    machine.with(
        "proc/meminfo", "MemTotal:  1000 kB\nActive(anon):  10 kB\nHugePages_Total:   3\n");

    Told told = machine.round();

    assertThat(told.of("node_memory_MemTotal_bytes")).isEqualTo(1000 * 1024);
    assertThat(told.of("node_memory_Active_anon_bytes")).isEqualTo(10 * 1024);
    assertThat(told.of("node_memory_HugePages_Total")).isEqualTo(3);
    assertThat(told.of("node_memory_MemAvailable_bytes")).isNaN();
  }

  @Test
  void a_process_may_have_any_name() {
    machine
        .with("proc/sys/kernel/threads-max", "100\n")
        .with("proc/sys/kernel/pid_max", "200\n")
        .with("proc/7/stat", stat(7, "a) R (b c", "S", 1, 20, 5))
        .with("proc/7/status", "Name:\tx\nUid:\t0\t0\t0\t0\n")
        .with("proc/9/stat", stat(9, "zombie", "Z", 1, 0, 0))
        .with("proc/9/status", "Name:\tx\nUid:\t1000\t0\t0\t0\n")
        .with("root/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/:/bin/sh\n");

    Told told = machine.round();

    assertThat(told.of("node_processes_state{state=\"S\"}")).isEqualTo(1);
    assertThat(told.of("node_processes_state{state=\"Z\"}")).isEqualTo(1);
    assertThat(told.of("node_processes_pids")).isEqualTo(2);
    assertThat(told.of("node_processes_max_processes")).isEqualTo(200);
    assertThat(told.of("oriel_process_resident_memory_bytes{process=\"a) R (b c\", user=\"root\"}"))
        .isEqualTo(5 * 4096);
  }

  @Test
  void what_a_program_used_is_what_it_did_since_the_round_before() {
    machine
        .with("proc/7/stat", stat(7, "busy", "R", 1, 1000, 5))
        .with("proc/7/status", "Uid:\t4\t0\t0\t0\n")
        .round();
    machine.with("proc/7/stat", stat(7, "busy", "R", 1, 1750, 5));

    Told told = machine.round();

    assertThat(told.of("oriel_process_cpu_cores{process=\"busy\", user=\"4\"}"))
        .isEqualTo(0.5); // 7.5 s of 15
  }

  private static String stat(
      int pid, String name, String state, int threads, int ticks, int pages) {
    return pid
        + " ("
        + name
        + ") "
        + state
        + " 1 1 1 0 -1 0 0 0 0 0 "
        + ticks
        + " 0 0 0 20 0 "
        + threads
        + " 0 500 1000 "
        + pages
        + " 0\n";
  }

  @Test
  void softnet_is_hexadecimal_and_newer_kernels_say_which_cpu() {
    machine.with(
        "proc/net/softnet_stat",
        "0000000a 00000001 000000ff 0 0 0 0 0 0 0 0 00000002 00000004 0 0\n");

    Told told = machine.round();

    assertThat(told.of("node_softnet_processed_total{cpu=\"4\"}")).isEqualTo(10);
    assertThat(told.of("node_softnet_times_squeezed_total{cpu=\"4\"}")).isEqualTo(255);
    assertThat(told.of("node_softnet_backlog_len{cpu=\"4\"}")).isEqualTo(2);
  }

  @Test
  void connection_tracking_is_summed_over_the_cpus() {
    machine
        .with("proc/sys/net/netfilter/nf_conntrack_count", "12\n")
        .with("proc/sys/net/netfilter/nf_conntrack_max", "100\n")
        .with("proc/net/stat/nf_conntrack", "entries found drop\n0c 01 10\n0c 02 01\n");

    Told told = machine.round();

    assertThat(told.of("node_nf_conntrack_entries")).isEqualTo(12);
    assertThat(told.of("node_nf_conntrack_stat_found")).isEqualTo(3);
    assertThat(told.of("node_nf_conntrack_stat_drop")).isEqualTo(17);
  }

  @Test
  void a_network_device_that_is_down_has_no_speed_and_no_made_up_one() {
    String device = "sys/class/net/eth 0/";
    machine
        .with(device + "ifindex", "2\n")
        .with(device + "flags", "0x1002\n")
        .with(device + "operstate", "down\n")
        .with(device + "address", "02:00:00:00:00:01\n")
        .with("sys/class/net/bonding_masters", "\n");

    Told told = machine.round();

    assertThat(told.of("node_network_up{device=\"eth 0\"}")).isZero();
    assertThat(told.of("node_network_flags{device=\"eth 0\"}")).isEqualTo(0x1002);
    assertThat(told.of("node_network_speed_bytes{device=\"eth 0\"}")).isNaN();
    assertThat(
            told.of(
                "node_network_info{address=\"02:00:00:00:00:01\", adminstate=\"down\","
                    + " device=\"eth 0\", operstate=\"down\"}"))
        .isEqualTo(1);
  }

  @Test
  void sensors_have_their_unit_and_the_names_their_driver_gives_them() {
    String chip = "sys/class/hwmon/hwmon0/";
    machine
        .with(chip + "name", "k10temp\n")
        .with(chip + "temp1_input", "58250\n")
        .with(chip + "temp1_crit", "95000\n")
        .with(chip + "temp1_crit_alarm", "1\n")
        .with(chip + "temp1_label", "Tctl\n")
        .with(chip + "fan2_input", "840\n")
        .with(chip + "in0_input", "1250\n")
        .with("sys/class/thermal/thermal_zone0/type", "acpitz\n")
        .with("sys/class/thermal/thermal_zone0/temp", "27800\n");

    Told told = machine.round();

    String sensor = "{chip=\"k10temp\", sensor=\"temp1\"}";
    assertThat(told.of("node_hwmon_temp_celsius" + sensor)).isEqualTo(58.25);
    assertThat(told.of("node_hwmon_temp_crit_celsius" + sensor)).isEqualTo(95);
    assertThat(told.of("node_hwmon_temp_crit_alarm_celsius" + sensor)).isEqualTo(0.001);
    assertThat(told.of("node_hwmon_fan_rpm{chip=\"k10temp\", sensor=\"fan2\"}")).isEqualTo(840);
    assertThat(told.of("node_hwmon_in_volts{chip=\"k10temp\", sensor=\"in0\"}")).isEqualTo(1.25);
    assertThat(
            told.of("node_hwmon_sensor_label{chip=\"k10temp\", label=\"tctl\", sensor=\"temp1\"}"))
        .isEqualTo(1);
    assertThat(told.of("node_thermal_zone_temp{type=\"acpitz\", zone=\"0\"}")).isEqualTo(27.8);
  }

  @Test
  void a_software_raid_tells_which_disk_has_failed() {
    machine.with(
        "proc/mdstat",
        """
        Personalities : [raid1]
        md0 : active raid1 sdb1[1] sda1[0](F)
              248896 blocks super 1.2 [2/1] [_U]
              [===>.......]  recovery = 12.6% (31250/248896) finish=1.0min

        unused devices: <none>
        """);

    Told told = machine.round();

    assertThat(told.of("node_md_disks{device=\"md0\", state=\"failed\"}")).isEqualTo(1);
    assertThat(told.of("node_md_disks{device=\"md0\", state=\"active\"}")).isEqualTo(1);
    assertThat(told.of("node_md_disks_required{device=\"md0\"}")).isEqualTo(2);
    assertThat(told.of("node_md_state{device=\"md0\", state=\"recovering\"}")).isEqualTo(1);
    assertThat(told.of("node_md_blocks_synced{device=\"md0\"}")).isEqualTo(31250);
  }

  @Test
  void what_is_not_there_has_success_0_and_no_complaint_and_the_rest_goes_on() {
    machine.with("proc/loadavg", "0.50 0.25 0.10 1/100 1\n");

    Told told = machine.round();

    assertThat(told.of("node_load1")).isEqualTo(0.5);
    assertThat(told.of(success("loadavg"))).isEqualTo(1);
    assertThat(told.of(success("conntrack"))).isZero();
    assertThat(machine.readings.failures()).doesNotContainKey("conntrack");
  }

  @Test
  void what_is_there_and_can_not_be_read_has_success_0_and_its_reason() {
    machine.withFolder("proc/loadavg").with("proc/meminfo", "MemTotal:  1 kB\n");

    Told told = machine.round();

    assertThat(told.of(success("loadavg"))).isZero();
    assertThat(told.of("node_memory_MemTotal_bytes")).isEqualTo(1024);
    assertThat(machine.readings.failures().get("loadavg")).endsWith("loadavg: is a directory");
  }

  private static String success(String part) {
    return "node_scrape_collector_success{collector=\"" + part + "\"}";
  }
}
