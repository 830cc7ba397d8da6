package io.oriel.collect.container;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container as a round found it. What its runtime did not tell is empty, never guessed.
 *
 * @param id 64 digits; for ever, while names may change
 * @param name without the slash; the first twelve digits of the id where no runtime was asked
 * @param image as it was asked for: {@code vllm/vllm-openai:v0.10.0}
 * @param state the runtime's word: {@code running}, {@code exited}, {@code restarting}
 * @param health the runtime's word: well, not well or starting; empty without a health check
 * @param startedMs when it was started last, milliseconds since 1970; 0 when never
 * @param mainPid of its first process, as the host counts; 0 when it does not run
 * @param pids of all its processes, as the host counts; empty where they can't be seen
 * @param command the whole command line: path and arguments
 * @param environment only what says something about models and GPUs; never a secret
 * @param networkMode {@code bridge}, {@code host}, {@code container:ID}; its ports are the host's
 *     own with {@code host}
 * @param addresses by network's name
 * @param cgroup where the kernel accounts for it, below the control groups' root; empty where
 *     unseen
 */
public record Container(
    String id,
    String name,
    String image,
    String imageId,
    String state,
    String health,
    long startedMs,
    long mainPid,
    List<Long> pids,
    List<String> command,
    Map<String, String> labels,
    Map<String, String> environment,
    String networkMode,
    Map<String, String> addresses,
    List<Port> ports,
    GpuRequest gpus,
    List<Mount> mounts,
    String cgroup) {

  /**
   * A port that the container listens at.
   *
   * @param inner the container's own
   * @param published the host's; 0 when it is not published
   * @param hostAddress where the host listens: {@code 0.0.0.0}; empty when it is not published
   */
  public record Port(int inner, String protocol, int published, String hostAddress) {}

  /**
   * A folder or file from outside.
   *
   * @param type {@code bind}, {@code volume}, {@code tmpfs}
   * @param name of a volume; empty for others
   */
  public record Mount(
      String type, String name, String source, String destination, boolean writable) {}

  /** A container of which only its control group is known. */
  static Container unknown(String id, String cgroup, List<Long> pids) {
    long first = pids.isEmpty() ? 0 : pids.getFirst();
    return new Container(
        id,
        shortId(id),
        "",
        "",
        "running",
        "",
        0,
        first,
        pids,
        List.of(),
        Map.of(),
        Map.of(),
        "",
        Map.of(),
        List.of(),
        GpuRequest.NONE,
        List.of(),
        cgroup);
  }

  /** As the newest list has it: that is asked for each round, the rest only after a change. */
  Container with(Listed now) {
    return new Container(
        id,
        now.name(),
        now.image(),
        imageId,
        now.state(),
        now.health().isEmpty() ? health : now.health(),
        startedMs,
        mainPid,
        pids,
        command,
        labels,
        environment,
        networkMode,
        addresses,
        ports,
        gpus,
        mounts,
        cgroup);
  }

  /** With what is seen from outside: its processes and its control group. */
  Container with(List<Long> seenPids, String seenCgroup) {
    return new Container(
        id,
        name,
        image,
        imageId,
        state,
        health,
        startedMs,
        mainPid,
        seenPids,
        command,
        labels,
        environment,
        networkMode,
        addresses,
        ports,
        gpus,
        mounts,
        seenCgroup);
  }

  /** The first twelve digits, as the runtimes' own tools show it. */
  static String shortId(String id) {
    return id.length() > 12 ? id.substring(0, 12) : id;
  }

  public boolean isRunning() {
    return state.equals("running");
  }

  /**
   * The value of an option of the command line, written {@code --name value} or {@code
   * --name=value}; null where it is not given.
   */
  public @Nullable String option(String name) {
    return new CommandLine(command).option(name);
  }
}
