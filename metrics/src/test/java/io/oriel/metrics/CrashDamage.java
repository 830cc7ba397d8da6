package io.oriel.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oriel.metrics.CrashRounds.Missing;
import io.oriel.model.limit.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What happens to a store's files between a kill and the start, and what must come of it. */
enum CrashDamage {
  NONE {
    @Override
    boolean happenTo(CrashRounds rounds) {
      return true;
    }
  },

  /** Bytes that are no record at the end of the log: cut, nothing is lost. */
  TORN_TAIL {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      byte[] garbage = new byte[1 + rounds.random().nextInt(300)];
      rounds.random().nextBytes(garbage);
      Files.write(lastSegment(rounds), garbage, StandardOpenOption.APPEND);
      return true; // the round's own check asks for everything
    }
  },

  /** The end of the log is gone: so are its newest records, and no other. */
  SHORT_TAIL {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      Path file = lastSegment(rounds);
      byte[] bytes = Files.readAllBytes(file);
      int keep = Math.max(16, bytes.length - 1 - rounds.random().nextInt(2000));
      Files.write(file, Arrays.copyOf(bytes, keep));
      try (var store = rounds.open()) {
        rounds.giveUp(rounds.compare(store));
      }
      return true;
    }
  },

  /** A bit in the log: cut like a torn tail, or refused by file and offset where it was durable. */
  FLIPPED_LOG {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      Path file = lastSegment(rounds);
      byte[] whole = flip(file, rounds.random());
      try (var store = rounds.open()) {
        rounds.giveUp(rounds.compare(store));
      } catch (Refusal.CannotStart refused) {
        assertThat(refused.getMessage()).as(rounds.where()).contains(file.toString());
        Files.write(file, whole);
      }
      return true;
    }
  },

  /** A bit in the checkpoint: refused by name with what to do; whole again when it is whole. */
  FLIPPED_CHECKPOINT {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      Path file = namedCheckpoint(rounds.folder().resolve("data/metrics"));
      if (file == null) return false;
      byte[] whole = flip(file, rounds.random());
      assertThatThrownBy(rounds::open, rounds.where())
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(file.toString());
      Files.write(file, whole);
      return true;
    }
  },

  /** A bit in the manifest: refused; renamed, it is made anew and nothing is lost. */
  FLIPPED_MANIFEST {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      Path file = rounds.folder().resolve("data/metrics/manifest");
      if (!Files.exists(file)) return false;
      flip(file, rounds.random());
      assertThatThrownBy(rounds::open, rounds.where())
          .isInstanceOf(Refusal.CannotStart.class)
          .hasMessageContaining(file.toString());
      Files.move(file, file.resolveSibling("manifest.damaged"));
      return true; // the round's own check asks for everything
    }
  },

  /** A bit in a block: it is named, nothing of it is made up, and no other loses anything. */
  FLIPPED_BLOCK {
    @Override
    boolean happenTo(CrashRounds rounds) throws IOException {
      Path block = anyOf(rounds.folder().resolve("data/metrics/blocks"), rounds.random());
      Path file = block == null ? null : anyOf(block, rounds.random());
      if (block == null || file == null) return false;
      byte[] whole = flip(file, rounds.random());
      try (var store = rounds.open()) {
        Missing missing = rounds.compare(store);
        for (var each : store.stats().blocks()) {
          if (!each.name().equals(block.getFileName().toString())) continue;
          var outside = new java.util.TreeSet<>(missing.times());
          outside.removeIf(time -> time >= each.range().startMs() && time <= each.range().endMs());
          assertThat(outside).as("%s: lost beside block %s", rounds.where(), each).isEmpty();
          if (!missing.times().isEmpty()) {
            assertThat(each.damage()).as("%s: block %s", rounds.where(), each).isNotNull();
          }
        }
      } finally {
        if (Files.exists(file)) Files.write(file, whole); // a half published one was deleted
      }
      return true;
    }
  };

  /**
   * Does the damage, and looks at what the store makes of it; after it, the store opens.
   *
   * @return whether there was such a file
   */
  abstract boolean happenTo(CrashRounds rounds) throws IOException;

  static CrashDamage any(Random random) {
    return values()[random.nextInt(values().length)];
  }

  /** A kill may leave others beside the one that counts. */
  private static @Nullable Path namedCheckpoint(Path store) throws IOException {
    Path manifest = store.resolve("manifest");
    if (!Files.exists(manifest)) return null;
    for (String line : Files.readAllLines(manifest)) {
      if (line.startsWith("checkpoint "))
        return store.resolve(line.replace("checkpoint ", "checkpoints/"));
    }
    return null;
  }

  private static Path lastSegment(CrashRounds rounds) throws IOException {
    return list(rounds.folder().resolve("data/metrics/wal")).stream()
        .filter(path -> path.getFileName().toString().matches("[0-9]+"))
        .reduce((_, later) -> later)
        .orElseThrow();
  }

  private static @Nullable Path anyOf(Path folder, Random random) throws IOException {
    List<Path> all = list(folder);
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** Flips a bit; gives what was there. */
  private static byte[] flip(Path file, Random random) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    byte[] flipped = whole.clone();
    flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    Files.delete(file); // blocks may be hard links of copies
    Files.write(file, flipped);
    return whole;
  }
}
