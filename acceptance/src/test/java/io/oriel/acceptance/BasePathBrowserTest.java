package io.oriel.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.oriel.acceptance.Pages.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything below a sub-path, behind a real reverse proxy: every link and request is relative. */
class BasePathBrowserTest {
  @TempDir Path folder;

  @Test
  void the_whole_works_below_a_sub_path_behind_nginx() throws Exception {
    String nginx = Peer.program("nginx", "nginx-light");
    try (var pages = Pages.open();
        var oriel = OrielProcess.up(folder, "--base-path", "/oriel")) {
      int port = Ports.free();
      Path config = proxyConfig(port, oriel.port);
      try (var _ =
          Peer.start(
              folder,
              "http://127.0.0.1:" + port + "/oriel/-/ready",
              nginx,
              "-p",
              folder.toString(),
              "-c",
              config.toString())) {
        Await.until(
            "there is a second round",
            Duration.ofSeconds(60),
            () -> Json.number(oriel, "count_over_time(up{job=\"node\"}[1h])") >= 2);
        String root = "http://127.0.0.1:" + port + "/oriel";

        for (String path :
            List.of("/", "/home", "/targets", "/explore", "/settings", "/dashboards")) {
          Page page = pages.page(Screen.DESK);
          page.navigate(root + path);
          page.waitForCondition(() -> page.locator("main").innerText().length() > 80);
          assertThat(page.url()).startsWith(root + "/");
          assertThat(page.locator("main").innerText()).doesNotContain("no page at this address");
        }
        assertThat(pages.faults()).isEmpty();
      }
    }
  }

  private Path proxyConfig(int port, int oriel) throws Exception {
    return Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx-error.log;
        worker_processes 1;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
          server {
            listen 127.0.0.1:%2$d;
            location /oriel/ { proxy_pass http://127.0.0.1:%3$d; }
          }
        }
        """
            .formatted(folder, port, oriel));
  }
}
