package io.oriel.storage.block;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.model.TimeRange;
import io.oriel.model.limit.Refusal;
import io.oriel.storage.disk.DataFolder;
import io.oriel.storage.disk.Disk;
import io.oriel.storage.manifest.ManifestFile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockFolderTest {
  @TempDir Path data;
  private DataFolder folder;
  private ManifestFile manifest;
  private BlockFolder<BlockFiles> blocks;

  @BeforeEach
  void open() {
    folder = DataFolder.open(Disk.real(), data, "notes");
    manifest = ManifestFile.open(folder);
    blocks = BlockFolder.open(folder, manifest, files -> files);
  }

  @AfterEach
  void close() {
    blocks.close();
    folder.close();
  }

  @Test
  void a_block_is_lent_once_it_is_published_and_not_before() throws IOException {
    try (var builder = blocks.build("b1")) {
      builder.create("text").writeFully(utf8("hello"), 0);
      assertThat(blocks.borrow(TimeRange.ALWAYS)).isEmpty();

      blocks.publish(builder, new TimeRange(0, 99));
    }

    try (var lease = blocks.borrow(TimeRange.ALWAYS).getFirst()) {
      assertThat(text(lease)).isEqualTo("hello");
      assertThat(lease.block().bytes()).isEqualTo(5);
    }
  }

  @Test
  void a_block_that_is_not_published_leaves_nothing_behind() throws IOException {
    try (var builder = blocks.build("b1")) {
      builder.create("text").writeFully(utf8("hello"), 0);
    }

    assertThat(folder.tmp()).isEmptyDirectory();
    assertThat(folder.blocks()).isEmptyDirectory();
  }

  @Test
  void only_blocks_of_the_time_asked_for_are_lent_oldest_first() throws IOException {
    publish("b2", 100, 199);
    publish("b1", 0, 99);
    publish("b3", 200, 299);

    assertThat(namesOf(new TimeRange(50, 100))).containsExactly("b1", "b2");
    assertThat(namesOf(new TimeRange(300, 400))).isEmpty();
  }

  @Test
  void a_retired_block_stays_readable_for_who_holds_it_and_is_deleted_after() throws IOException {
    publish("b1", 0, 99);
    Lease<BlockFiles> lease = blocks.borrow(TimeRange.ALWAYS).getFirst();

    blocks.retire(List.of("b1"));

    assertThat(blocks.borrow(TimeRange.ALWAYS)).isEmpty();
    assertThat(text(lease)).isEqualTo("b1");
    assertThat(folder.blocks().resolve("b1")).isDirectory();
    lease.close();
    lease.close(); // a second time does nothing
    assertThat(folder.blocks().resolve("b1")).doesNotExist();
    assertThatThrownBy(() -> text(lease)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void after_a_restart_blocks_are_there_and_what_a_crash_left_is_not() throws IOException {
    publish("b1", 0, 99);
    leave("half-1"); // after edition 1
    close();

    open();

    assertThat(namesOf(TimeRange.ALWAYS)).containsExactly("b1");
    assertThat(folder.blocks().resolve("half-1")).doesNotExist();
    assertThat(folder.root().resolve("unknown")).doesNotExist();
  }

  @Test
  void a_block_that_was_retired_and_not_deleted_before_a_crash_is_deleted_at_start()
      throws IOException {
    publish("b1", 0, 99);
    publish("b2", 100, 199);
    Lease<BlockFiles> held = blocks.borrow(new TimeRange(0, 99)).getFirst();
    blocks.retire(List.of("b1"));
    publish("b3", 200, 299); // a later manifest still knows of it
    assertThat(manifest.current().gone()).containsExactly("b1");
    folder.close(); // the process dies while somebody reads

    open();

    assertThat(namesOf(TimeRange.ALWAYS)).containsExactly("b2", "b3");
    assertThat(folder.blocks().resolve("b1")).doesNotExist();
    assertThat(folder.root().resolve("unknown")).doesNotExist();
    publish("b4", 300, 399);
    assertThat(manifest.current().gone()).isEmpty();
    assertThat(held.name()).isEqualTo("b1");
  }

  @Test
  void what_is_not_the_stores_own_is_moved_aside_and_never_deleted() throws IOException {
    publish("b1", 0, 99);
    leave("my-notes");
    leave("20260301T000000Z-0"); // a block that somebody put there
    close();

    open();

    assertThat(namesOf(TimeRange.ALWAYS)).containsExactly("b1");
    assertThat(folder.blocks().toFile().list()).containsExactly("b1");
    for (String name : List.of("my-notes", "20260301T000000Z-0")) {
      assertThat(folder.root().resolve("unknown").resolve(name).resolve("text")).hasContent(name);
    }
  }

  @Test
  void what_can_not_be_moved_aside_stays_where_it_is() throws IOException {
    leave("notes");
    close();
    open();
    leave("notes");
    close();

    open();

    assertThat(folder.blocks().resolve("notes").resolve("text")).hasContent("notes");
  }

  private void leave(String name) throws IOException {
    Path left = Files.createDirectories(folder.blocks().resolve(name));
    Files.writeString(left.resolve("text"), name);
  }

  @Test
  void a_missing_block_stops_the_start() throws IOException {
    publish("b1", 0, 99);
    close();
    Disk.real().deleteTree(folder.blocks().resolve("b1"));

    try {
      assertThatThrownBy(this::open)
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining("the block %s is missing".formatted(folder.blocks().resolve("b1")));
    } finally {
      folder.close();
    }
  }

  @Test
  void a_block_that_its_store_can_not_read_stops_the_start_and_is_named() throws IOException {
    publish("b1", 0, 99);

    assertThatThrownBy(() ->
            BlockFolder.open(
                folder,
                manifest,
                _ -> {
                  throw new IllegalArgumentException("no index");
                }))
        .isInstanceOf(Refusal.CannotStart.class)
        .hasMessageContaining("b1 is damaged (no index)");
  }

  @Test
  void readers_never_lose_a_block_under_their_hands_while_blocks_come_and_go() throws Exception {
    publish("b0", 0, 99);
    var stop = new AtomicBoolean();
    var failure = new AtomicReference<Throwable>();
    var readers = new ArrayList<Thread>();
    for (int i = 0; i < 3; i++) {
      readers.add(
          Thread.ofPlatform()
              .start(() -> {
                while (!stop.get()) read(failure);
              }));
    }
    for (int i = 1; i <= 100; i++) {
      try (var builder = blocks.build("b" + i)) {
        builder.create("text").writeFully(utf8("b" + i), 0);
        var made = List.of(new BlockFolder.Made(builder, new TimeRange(0, 99)));
        blocks.replace(made, List.of("b" + (i - 1)), now -> now);
      }
    }
    stop.set(true);
    for (Thread reader : readers) reader.join();

    assertThat(failure.get()).isNull();
    assertThat(folder.blocks().toFile().list()).containsExactly("b100");
  }

  /** There is always exactly one block, the old one or the new one, whole. */
  private void read(AtomicReference<Throwable> failure) {
    List<Lease<BlockFiles>> leases = blocks.borrow(TimeRange.ALWAYS);
    try {
      assertThat(leases).hasSize(1);
      assertThat(text(leases.getFirst())).isEqualTo(leases.getFirst().name());
    } catch (Throwable e) {
      failure.set(e);
    } finally {
      leases.forEach(Lease::close);
    }
  }

  private void publish(String name, long fromMs, long toMs) throws IOException {
    try (var builder = blocks.build(name)) {
      builder.create("text").writeFully(utf8(name), 0);
      blocks.publish(builder, new TimeRange(fromMs, toMs));
    }
  }

  private List<String> namesOf(TimeRange range) {
    var leases = blocks.borrow(range);
    var names = leases.stream().map(Lease::name).toList();
    leases.forEach(Lease::close);
    return names;
  }

  private static String text(Lease<BlockFiles> lease) {
    return new String(lease.block().file("text").toArray(ValueLayout.JAVA_BYTE), UTF_8);
  }

  private static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
