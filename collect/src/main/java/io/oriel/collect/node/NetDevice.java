package io.oriel.collect.node;

import io.oriel.model.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One network device under /sys/class/net: the paths of its files and its labels, kept. */
final class NetDevice {
  private static final String[] FACTS = {"address", "broadcast", "duplex", "ifalias", "operstate"};
  private static final int OPERSTATE = 4;

  private final Labels labels;
  private final NativePath index;
  private final NativePath flags;
  private final List<NativePath> attributes;
  private final NativePath[] factPaths = new NativePath[FACTS.length];
  private final String[] facts = new String[FACTS.length];
  private final Known<String> words = new Known<>(word -> word);
  private boolean enabled;
  private Labels info = Labels.EMPTY;

  NetDevice(String name, String folder, List<String> files) {
    this.labels = Labels.of("device", name);
    this.index = NativePath.of(folder + "/ifindex");
    this.flags = NativePath.of(folder + "/flags");
    this.attributes = files.stream().map(file -> NativePath.of(folder + "/" + file)).toList();
    for (int i = 0; i < FACTS.length; i++) {
      factPaths[i] = NativePath.of(folder + "/" + FACTS[i]);
      facts[i] = "";
    }
  }

  Labels labels() {
    return labels;
  }

  NativePath attribute(int i) {
    return attributes.get(i);
  }

  boolean isDevice(KernelFiles files) {
    return files.tryRead(index) != null;
  }

  /** As of the last {@link #info}. */
  boolean isUp() {
    return facts[OPERSTATE].equals("up");
  }

  /** The labels of what it is; the same object until one of them changes. */
  Labels info(KernelFiles files) {
    Text text = files.tryRead(flags);
    boolean nowEnabled = text != null && text.line() && text.word() && isOdd(text);
    boolean changed = info.isEmpty() || nowEnabled != enabled;
    enabled = nowEnabled;
    for (int i = 0; i < FACTS.length; i++) {
      String fact = fact(files.tryRead(factPaths[i]));
      changed |= !fact.equals(facts[i]);
      facts[i] = fact;
    }
    if (changed) info = build();
    return info;
  }

  private String fact(@Nullable Text text) {
    if (text == null || !text.line()) return "";
    text.rest();
    return words.of(text);
  }

  /** Bit 0 of the flags is IFF_UP: somebody switched the device on. */
  private static boolean isOdd(Text text) {
    return (text.wordHex(2, text.wordLength()) & 1) == 1;
  }

  private Labels build() {
    Labels.Builder all = labels.toBuilder().set("adminstate", enabled ? "up" : "down");
    for (int i = 0; i < FACTS.length; i++) all.set(FACTS[i], facts[i]);
    return all.build();
  }
}
