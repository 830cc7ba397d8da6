package io.oriel.server.config;

import io.oriel.collect.discover.WantedSystems;
import io.oriel.collect.gpu.NamingScheme;
import io.oriel.wire.yaml.Problems;
import io.oriel.wire.yaml.YamlMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Watching the machine that Oriel is on.
 *
 * @param instance the label of its series; empty means the host's name
 * @param textFiles the folder of the {@code *.prom} files that scripts write
 * @param discover whether systems are looked for
 * @param systems that are read wherever they are
 * @param gpuNames in whose names GPUs are told
 * @param demo the simulated fleet that is watched in place of this machine's GPUs, containers and
 *     systems
 */
public record CollectorsConfig(
    boolean enabled,
    Duration interval,
    Optional<String> instance,
    Optional<Path> textFiles,
    boolean discover,
    WantedSystems systems,
    Set<NamingScheme> gpuNames,
    Optional<Demo> demo) {
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
    boolean discover = yaml.bool(Setting.COLLECTORS_DISCOVER.key()).orElse(true);
    WantedSystems systems = new SystemsSection(flags, problems).read(yaml);
    Set<NamingScheme> gpuNames = gpuNames(yaml, problems);
    yaml.refuseUnknownKeys(problems);
    return new CollectorsConfig(
        enabled && !flags.noCollectors(),
        interval,
        instance,
        textFiles,
        discover,
        systems,
        gpuNames,
        flags.demo());
  }

  private static Set<NamingScheme> gpuNames(YamlMap yaml, Problems problems) {
    String key = Setting.COLLECTORS_GPU_NAMES.key();
    if (!yaml.has(key)) return EnumSet.of(NamingScheme.DCGM);
    var names = EnumSet.noneOf(NamingScheme.class);
    List<String> words = yaml.texts(key);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      Optional<NamingScheme> scheme =
          Arrays.stream(NamingScheme.values()).filter(each -> each.word().equals(word)).findFirst();
      if (scheme.isPresent()) names.add(scheme.get());
      else {
        problems.add(
            yaml.at(key, i),
            "collectors.gpu_names: nobody names GPUs as %s".formatted(word),
            "write any of dcgm, nvidia_smi, nvidia_gpu");
      }
    }
    return names;
  }
}
