package io.oriel.wire.tsdb;

import io.oriel.model.SampleColumns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files below {@code chunks/}: 000001, 000002... A chunk's reference names file and place. */
final class ChunkFiles {
  private static final int MAGIC = 0x85bd40dd;
  private static final int VERSION = 1;
  private static final int HEAD_BYTES = 8;
  private static final long MOST_BYTES = 16 << 20; // of one chunk; Prometheus' have a few hundred
  private static final int XOR = 1;
  private static final int HISTOGRAM = 2;
  private static final int FLOAT_HISTOGRAM = 3;

  private final List<MappedBytes> files = new ArrayList<>();
  private final Path folder;

  ChunkFiles(Path folder, Arena arena) throws IOException {
    this.folder = folder;
    try (Stream<Path> names = Files.list(folder)) {
      for (Path file : names.sorted().toList()) {
        MappedBytes bytes = MappedBytes.of(file, arena);
        if (bytes.size() < HEAD_BYTES || bytes.i32(0) != MAGIC) {
          throw bytes.damaged(0, "this is no file of Prometheus' chunks");
        }
        if (bytes.u8(4) != VERSION) {
          throw bytes.damaged(4, "version %d of chunks is not known".formatted(bytes.u8(4)));
        }
        files.add(bytes);
      }
    }
  }

  /** Appends a chunk's samples. */
  void read(long reference, SampleColumns into) throws DamagedFile {
    int number = (int) (reference >>> 32);
    long at = reference & 0xffff_ffffL;
    if (number >= files.size()) {
      throw new DamagedFile(
          folder,
          at,
          "a chunk is said to lie in file %d, which is not there".formatted(number + 1));
    }
    MappedBytes file = files.get(number);
    var walk = new ByteWalk(file, at, file.size());
    long length = walk.unsigned();
    if (length < 0 || length > MOST_BYTES)
      throw file.damaged(at, "no chunk has %d bytes".formatted(length));
    long encoding = walk.at();
    file.checkSum(encoding, length + 1, "a chunk");
    byte[] data = file.copy(encoding + 1, length);
    boolean whole =
        switch (file.u8(encoding)) {
          case XOR -> XorSamples.read(data, into);
          case HISTOGRAM -> HistogramSamples.read(data, false, into);
          case FLOAT_HISTOGRAM -> HistogramSamples.read(data, true, into);
          default ->
              throw file.damaged(
                  encoding, "encoding %d of a chunk is not known".formatted(file.u8(encoding)));
        };
    if (!whole) throw file.damaged(at, "a chunk ends before its last sample");
  }
}
