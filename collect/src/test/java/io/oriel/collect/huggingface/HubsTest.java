package io.oriel.collect.huggingface;

import static org.assertj.core.api.Assertions.assertThat;

import io.oriel.collect.container.Container;
import io.oriel.collect.container.Containers;
import io.oriel.collect.container.GpuRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubsTest {
  @TempDir Path folder;

  private static Container container(Map<String, String> environment, Container.Mount... mounts) {
    return new Container(
        "0".repeat(64),
        "vllm",
        "",
        "",
        "running",
        "",
        1,
        1,
        List.of(),
        List.of("vllm"),
        Map.of(),
        environment,
        "",
        Map.of(),
        List.of(),
        GpuRequest.NONE,
        List.of(mounts),
        "");
  }

  private static Container.Mount mount(Path source, String destination) {
    return new Container.Mount("bind", "", source.toString(), destination, true);
  }

  @Test
  void the_environment_says_where_the_machines_own_cache_is() {
    var home = Map.of("HOME", "/home/ai");

    assertThat(Hubs.of(home, Containers.NONE).own())
        .containsExactly(Path.of("/home/ai/.cache/huggingface/hub"));
    assertThat(Hubs.of(Map.of("HOME", "/x", "HF_HOME", "/srv/hf"), Containers.NONE).own())
        .containsExactly(Path.of("/srv/hf/hub"));
    assertThat(Hubs.of(Map.of("HF_HUB_CACHE", "/srv/hub", "HF_HOME", "/y"), Containers.NONE).own())
        .containsExactly(Path.of("/srv/hub"));
  }

  @Test
  void a_cache_that_a_container_mounts_is_found_on_the_host() throws Exception {
    Path hub = Files.createDirectories(folder.resolve("models/hub"));
    var usual = container(Map.of(), mount(folder.resolve("models"), "/root/.cache/huggingface"));
    var named = container(Map.of("HF_HOME", "/data"), mount(folder.resolve("models"), "/data"));

    assertThat(new Hubs(List.of(), () -> List.of(usual)).folders()).containsExactly(hub);
    assertThat(new Hubs(List.of(), () -> List.of(named)).folders()).containsExactly(hub);
  }

  @Test
  void what_is_not_there_or_mounted_elsewhere_is_no_cache() {
    var elsewhere = container(Map.of(), mount(folder, "/root/.cache/huggingface-old"));
    var relative = container(Map.of(), mount(Path.of("models"), "/root/.cache/huggingface"));

    assertThat(new Hubs(List.of(), () -> List.of(elsewhere, relative)).folders()).isEmpty();
  }
}
