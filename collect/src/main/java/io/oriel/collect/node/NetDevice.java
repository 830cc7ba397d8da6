package io.oriel.collect.node;

import io.oriel.collect.node.KernelFiles.HeldFile;
import io.oriel.model.Labels;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One network device under /sys/class/net. Some two dozen files tell what it is, and reading them
 * asks the driver; so each round looks at the four that change whenever something happened, and
 * reads the rest when they did, and every few minutes.
 */
final class NetDevice {
  private static final String[] SIGNS = {"ifindex", "flags", "carrier_changes", "operstate"};
  private static final int FLAGS = 1;
  private static final int OPERSTATE = 3;
  private static final String[] FACTS = {"address", "broadcast", "duplex", "ifalias", "operstate"};
  private static final int ROUNDS_TO_TRUST = 20;

  private final Labels labels;
  private final NativePath[] signPaths;
  private final HeldFile[] signFiles = new HeldFile[SIGNS.length];
  private final String[] signs = new String[SIGNS.length];
  private final NativePath[] factPaths;
  private final List<NativePath> numberPaths;
  private final double[] numbers;
  private final Known<String> words = new Known<>(word -> word);
  private Labels info = Labels.EMPTY;
  private int trusted; // rounds left

  NetDevice(String name, String folder, List<String> files) {
    this.labels = Labels.of("device", name);
    this.signPaths = paths(folder, SIGNS);
    this.factPaths = paths(folder, FACTS);
    this.numberPaths = List.of(paths(folder, files.toArray(new String[0])));
    this.numbers = new double[files.size()];
    Arrays.fill(signs, "");
    Arrays.setAll(signFiles, _ -> new HeldFile());
  }

  private static NativePath[] paths(String folder, String[] files) {
    return Arrays.stream(files)
        .map(file -> NativePath.of(folder + "/" + file))
        .toArray(NativePath[]::new);
  }

  /** Brings it up to date; false when it is no device or has gone. */
  boolean look(KernelFiles files) {
    boolean changed = false;
    for (int i = 0; i < SIGNS.length; i++) {
      String sign = word(files.tryReadPiece(signPaths[i], signFiles[i]));
      changed |= !sign.equals(signs[i]);
      signs[i] = sign;
    }
    if (signs[0].isEmpty()) return false;
    if (changed || --trusted <= 0) read(files);
    return true;
  }

  private void read(KernelFiles files) {
    trusted = ROUNDS_TO_TRUST;
    for (int i = 0; i < numbers.length; i++) {
      Text text = files.tryRead(numberPaths.get(i));
      boolean any = text != null && text.line() && text.word();
      numbers[i] = text != null && any ? number(text) : Double.NaN;
    }
    Labels.Builder all = labels.toBuilder().set("adminstate", isEnabled() ? "up" : "down");
    for (int i = 0; i < FACTS.length; i++) all.set(FACTS[i], word(files.tryRead(factPaths[i])));
    Labels fresh = all.build();
    if (!fresh.equals(info)) info = fresh;
  }

  private String word(@Nullable Text text) {
    if (text == null || !text.line()) return "";
    text.rest();
    return words.of(text);
  }

  private static double number(Text text) {
    return text.wordStarts("0x") ? text.wordHex(2, text.wordLength()) : text.wordNumber();
  }

  /** Bit 0 of the flags is IFF_UP: somebody switched the device on. */
  private boolean isEnabled() {
    String flags = signs[FLAGS];
    return flags.startsWith("0x") && (Integer.parseInt(flags, 2, flags.length(), 16) & 1) == 1;
  }

  Labels labels() {
    return labels;
  }

  /** What a file holds, NaN where it holds nothing now. */
  double value(int file) {
    return numbers[file];
  }

  boolean isUp() {
    return signs[OPERSTATE].equals("up");
  }

  /** The labels of what it is; the same object until one of them changes. */
  Labels info() {
    return info;
  }
}
