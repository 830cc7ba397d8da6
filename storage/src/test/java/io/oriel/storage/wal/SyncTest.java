package io.oriel.storage.wal;

import static io.oriel.storage.wal.WalRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.limit.Refusal;
import io.oriel.model.testing.ManualClock;
import io.oriel.storage.testing.FaultyDisk;
import io.oriel.storage.wal.WalRecords.Opened;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SyncTest {
  private final Path folder = Path.of("/data/wal");
  private final FaultyDisk disk = new FaultyDisk(1);
  private final ManualClock clock = new ManualClock();

  @BeforeEach
  void makeFolder() throws IOException {
    WalRecords.makeFolder(disk, folder);
  }

  @Test
  void with_an_interval_the_clock_makes_durable_what_was_accepted() throws Exception {
    Opened wal = open(SyncPolicy.DEFAULT);
    wal.wal().append(utf8("one"));
    int before = disk.forces();
    clock.awaitSleepers(1);

    clock.advance(1000);
    disk.awaitForces(before + 1);
    disk.losePower();

    try (var again = open(SyncPolicy.DEFAULT)) {
      assertThat(again.records()).containsExactly("one");
    }
  }

  @Test
  void with_an_interval_an_append_does_not_wait_for_the_disk() {
    try (var wal = open(SyncPolicy.DEFAULT)) {
      int before = disk.forces();

      for (int i = 0; i < 10; i++) wal.wal().append(utf8("record"));

      assertThat(disk.forces()).isEqualTo(before);
    }
  }

  @Test
  void with_always_every_accepted_record_survives_at_once() {
    Opened wal = open(SyncPolicy.ALWAYS);
    for (int i = 0; i < 5; i++) wal.wal().append(utf8("record " + i));

    disk.losePower();

    try (var again = open(SyncPolicy.ALWAYS)) {
      assertThat(again.records()).hasSize(5);
    }
  }

  @Test
  void a_record_that_was_written_is_accepted_also_where_no_new_segment_can_be_begun()
      throws IOException {
    Path folder = Path.of("/data/wal");
    disk.createFolders(folder);
    var segments = new Segments(disk, folder);
    var inbox = new Inbox();
    var writer =
        new WalWriter(
            inbox,
            segments,
            segments.create(1),
            SyncPolicy.ALWAYS,
            1 << 20,
            clock,
            new WalCounters());
    Batch batch = inbox.add(utf8("one"));
    inbox.ask(true);
    inbox.askLast(new Refusal.Unavailable("closed", "open it"));
    disk.failForce(2); // the first is the record's, the second the new segment's

    writer.run();

    batch.await(Batch.Stage.DONE); // not refused
    assertThat(batch.notRolled).isNotNull().hasMessageContaining("no new segment");
    try (var again = open(SyncPolicy.ALWAYS)) {
      assertThat(again.records()).containsExactly("one");
    }
  }

  @Test
  void after_a_failed_sync_nothing_is_accepted_any_more() {
    Opened wal = open(SyncPolicy.ALWAYS);
    wal.wal().append(utf8("one"));
    disk.failForce(1);

    assertThatThrownBy(() -> wal.wal().append(utf8("two")))
        .isInstanceOf(Refusal.Unavailable.class)
        .hasMessage(
            "the write-ahead log in /data/wal can't be synced (Input/output error), so nothing more is taken in; check the disk, then restart Oriel");
    int forces = disk.forces();
    assertThatThrownBy(() -> wal.wal().append(utf8("three"))).hasMessageContaining("synced");
    assertThatThrownBy(() -> wal.wal().sync()).hasMessageContaining("synced");
    assertThat(disk.forces()).isEqualTo(forces);

    disk.losePower();
    try (var again = open(SyncPolicy.ALWAYS)) {
      assertThat(again.records()).startsWith("one").doesNotContain("three");
    }
  }

  @Test
  void what_a_restart_finds_behind_a_failed_sync_is_durable_once_the_log_is_open() {
    Opened wal = open(SyncPolicy.ALWAYS);
    wal.wal().append(utf8("one"));
    disk.failForce(1); // the system now takes for written what is not on the disk
    assertThatThrownBy(() -> wal.wal().append(utf8("two"))).hasMessageContaining("synced");
    assertThatThrownBy(wal::close).hasMessageContaining("synced");

    List<String> found;
    Opened again = open(SyncPolicy.ALWAYS); // a new process, the same running system
    found = again.records();
    again.wal().append(utf8("three"));
    disk.losePower();

    try (var last = open(SyncPolicy.ALWAYS)) {
      assertThat(found).containsExactly("one", "two");
      assertThat(last.records()).containsExactly("one", "two", "three");
    }
  }

  @Test
  void a_full_disk_refuses_and_the_log_goes_on_when_there_is_room_again() {
    try (var wal = open(SyncPolicy.DEFAULT)) {
      wal.wal().append(utf8("one"));
      disk.setFreeBytes(5);

      assertThatThrownBy(() -> wal.wal().append(utf8("does not fit")))
          .isInstanceOf(Refusal.Unavailable.class)
          .hasMessageContaining("No space left on device");

      disk.setFreeBytes(1000);
      wal.wal().append(utf8("two"));
    }

    try (var again = open(SyncPolicy.DEFAULT)) {
      assertThat(again.records()).containsExactly("one", "two");
    }
  }

  @Test
  void a_segment_that_can_not_be_begun_leaves_the_old_one_in_use() {
    try (var wal = open(SyncPolicy.DEFAULT)) {
      wal.wal().append(utf8("one"));
      disk.setFreeBytes(0);

      assertThatThrownBy(() -> wal.wal().roll()).isInstanceOf(Refusal.Unavailable.class);

      disk.setFreeBytes(1000);
      wal.wal().append(utf8("two"));
      assertThat(wal.wal().roll()).isEqualTo(2);
    }

    try (var again = open(SyncPolicy.DEFAULT)) {
      assertThat(again.records()).containsExactly("one", "two");
    }
  }

  @Test
  void closing_makes_everything_durable() {
    try (var wal = open(SyncPolicy.DEFAULT)) {
      wal.wal().append(utf8("one"));
    }
    disk.losePower();

    try (var again = open(SyncPolicy.DEFAULT)) {
      assertThat(again.records()).containsExactly("one");
    }
  }

  private Opened open(SyncPolicy policy) {
    return WalRecords.open(disk, folder, policy, clock, 1 << 20);
  }
}
