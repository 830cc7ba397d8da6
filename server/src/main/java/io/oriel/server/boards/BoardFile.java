package io.oriel.server.boards;

import java.util.List;

/**
 * A dashboard in a file.
 *
 * @param file as its owner would name it
 * @param folder where it lies below the configured folder: {@code gpu/nvidia}; empty: in it
 * @param panels how many it has, rows not counted
 * @param text its JSON as it lies in the file, read when it is asked for
 */
public record BoardFile(
    String file,
    String folder,
    String uid,
    String title,
    String description,
    List<String> tags,
    int panels,
    Text text) {

  /** The content of a file, read now. */
  @FunctionalInterface
  public interface Text {
    /**
     * All of it.
     *
     * @throws io.oriel.model.limit.Refusal when the file is gone or no longer fits
     */
    byte[] read();
  }

  BoardFile withUid(String other) {
    return new BoardFile(file, folder, other, title, description, tags, panels, text);
  }
}
