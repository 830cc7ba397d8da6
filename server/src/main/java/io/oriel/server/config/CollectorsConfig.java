package io.oriel.server.config;

import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Watching the machine that Oriel is on.
 *
 * @param instance the label of its series; empty means the host's name
 * @param textFiles the folder of the {@code *.prom} files that scripts write
 */
public record CollectorsConfig(
    boolean enabled, Duration interval, Optional<String> instance, Optional<Path> textFiles) {
  private static final Duration NORMAL = Duration.ofSeconds(15);
  private static final Duration LEAST = Duration.ofSeconds(1);

  static CollectorsConfig read(YamlMap yaml, Flags flags, Problems problems, Problems warnings) {
    String intervalKey = Setting.COLLECTORS_INTERVAL.key();
    Duration interval = yaml.duration(intervalKey).orElse(NORMAL);
    if (interval.compareTo(LEAST) < 0) {
      problems.add(
          yaml.at(intervalKey),
          "collectors.interval is %s, under a second".formatted(yaml.shown(intervalKey)),
          "write 1s or more, for example 15s");
    }
    boolean enabled = yaml.bool(Setting.COLLECTORS_ENABLED.key()).orElse(true);
    Optional<String> instance = yaml.text(Setting.COLLECTORS_INSTANCE.key());
    Optional<Path> textFiles =
        yaml.path(Setting.COLLECTORS_TEXT_FILES.key()).map(flags::besideConfig);
    textFiles
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(folder ->
            warnings.add(
                yaml.at(Setting.COLLECTORS_TEXT_FILES.key()),
                "collectors.text_files names %s, which is no folder".formatted(folder),
                "make it, or correct the name; until then no such file is told"));
    yaml.refuseUnknownKeys(problems);
    return new CollectorsConfig(enabled && !flags.noCollectors(), interval, instance, textFiles);
  }
}
