package io.oriel.collect.huggingface;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays a cache as the library does: files are blobs, snapshots have links to them. */
final class CacheFolder {
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private final Path hub;
  private final Path repository;

  CacheFolder(Path hub, String id) throws IOException {
    this.hub = hub;
    this.repository = hub.resolve("models--" + id.replace("/", "--"));
    Files.createDirectories(repository.resolve("blobs"));
    Files.createDirectories(snapshot());
    Path refs = Files.createDirectories(repository.resolve("refs"));
    Files.writeString(refs.resolve("main"), COMMIT);
  }

  Path hub() {
    return hub;
  }

  Path repository() {
    return repository;
  }

  Path snapshot() {
    return repository.resolve("snapshots").resolve(COMMIT);
  }

  CacheFolder file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  CacheFolder file(String name, byte[] content) throws IOException {
    String blob = "blob-of-" + name.replace('/', '-');
    Files.write(repository.resolve("blobs").resolve(blob), content);
    Path link = snapshot().resolve(name);
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Path up = name.contains("/") ? Path.of("../../../blobs") : Path.of("../../blobs");
    Files.createSymbolicLink(link, up.resolve(blob));
    return this;
  }

  /** A link to anywhere. */
  CacheFolder link(String name, Path to) throws IOException {
    Files.createSymbolicLink(snapshot().resolve(name), to);
    return this;
  }

  static byte[] safetensors(String heading) {
    byte[] json = heading.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(Long.BYTES + json.length + 100);
    return all.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json).array();
  }
}
