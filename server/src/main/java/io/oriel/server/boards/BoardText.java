package io.oriel.server.boards;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The bytes of one file, bounded, and their characters. */
final class BoardText {
  private static final char MARK = '\uFEFF'; // some editors begin a file with it

  private BoardText() {}

  /**
   * All of a file.
   *
   * @param real the file itself: a link that took its place meanwhile is not followed
   */
  static byte[] bytes(Path real, Limits limits) throws Unreadable {
    long most = limits.of(Limit.BOARD_BYTES);
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try (var in = Channels.newInputStream(Files.newByteChannel(real, options))) {
      byte[] bytes = in.readNBytes((int) Math.min(most + 1, Integer.MAX_VALUE - 16));
      if (bytes.length > most) {
        throw new Unreadable(
            "it is over the limit of %d %s; make it smaller, or raise limits.%s"
                .formatted(most, Limit.BOARD_BYTES.bounds(), Limit.BOARD_BYTES.key()));
      }
      return bytes;
    } catch (NoSuchFileException _) {
      throw new Unreadable("it is no longer there; ask for the list of dashboards again");
    } catch (IOException failure) {
      throw new Unreadable(
          "it can't be read (%s); let the user that Oriel runs as read it"
              .formatted(failure.getClass().getSimpleName()));
    }
  }

  /** The same as characters; JSON is UTF-8. */
  static CharBuffer chars(byte[] bytes) throws Unreadable {
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      Place end = Place.endOf(out);
      throw new Unreadable(end.line, end.column, "it is not UTF-8 from here on; save it as UTF-8");
    }
    if (out.hasRemaining() && out.get(0) == MARK) out.position(1);
    return out;
  }

  private record Place(int line, int column) {
    static Place endOf(CharBuffer text) {
      int line = 1;
      int column = 1;
      for (int i = 0; i < text.length(); i++) {
        boolean isEnd = text.charAt(i) == '\n';
        line += isEnd ? 1 : 0;
        column = isEnd ? 1 : column + 1;
      }
      return new Place(line, column);
    }
  }
}
