package io.oriel.wire.remotewrite;

import io.oriel.model.limit.Limit;
import io.oriel.model.limit.Limits;
import io.oriel.wire.protobuf.Fields;
import io.oriel.wire.protobuf.Malformed;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The table of texts of a request of version 2: where each lies, and its fingerprint, so that a
 * series is known by what its references mean. Texts are made of them only when they are asked for.
 */
final class SymbolTable {
  private static final byte[] NAME = "__name__".getBytes(StandardCharsets.UTF_8);

  private final Limits limits;
  private final Fields text = new Fields(WriteDecoder.SUBJECT);
  private final LabelHash hash = new LabelHash();
  private byte[] bytes = {};
  private int[] froms = new int[64];
  private int[] tos = new int[64];
  private long[] firsts = new long[64];
  private long[] seconds = new long[64];
  private int size;

  SymbolTable(Limits limits) {
    this.limits = limits;
  }

  void over(byte[] request) {
    bytes = request;
    size = 0;
  }

  int size() {
    return size;
  }

  /** How many can be held without more room. */
  int room() {
    return froms.length;
  }

  void add(int from, int to) {
    limits.check(Limit.WRITE_SYMBOLS, size + 1L, "the pushed request");
    if (size == froms.length) grow();
    hash.clear();
    hash.add(bytes, from, to);
    froms[size] = from;
    tos[size] = to;
    firsts[size] = hash.first;
    seconds[size] = hash.second;
    size++;
  }

  private void grow() {
    int grown = 2 * size;
    froms = Arrays.copyOf(froms, grown);
    tos = Arrays.copyOf(tos, grown);
    firsts = Arrays.copyOf(firsts, grown);
    seconds = Arrays.copyOf(seconds, grown);
  }

  boolean has(long ref) {
    return ref >= 0 && ref < size;
  }

  long first(int ref) {
    return firsts[ref];
  }

  long second(int ref) {
    return seconds[ref];
  }

  boolean isName(int ref) {
    return Arrays.equals(bytes, froms[ref], tos[ref], NAME, 0, NAME.length);
  }

  String text(int ref) throws CharacterCodingException {
    return text.over(bytes, froms[ref], tos[ref]).text(tos[ref]);
  }

  /** A text of the table, empty where the reference is to none. */
  String textOrNone(long ref) throws Malformed {
    try {
      return has(ref) ? text((int) ref) : "";
    } catch (CharacterCodingException _) {
      throw text.wrong("a text is not UTF-8");
    }
  }
}
