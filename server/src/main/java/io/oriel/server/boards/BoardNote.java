package io.oriel.server.boards;

/**
 * What is to be said of a file or a folder.
 *
 * @param file as its owner would name it: the configured folder, and what is below it
 * @param line where in the file, from 1; 0: no certain place
 * @param column in characters, from 1; 0: no certain place
 * @param listed whether the board is in the list all the same
 * @param says what happened, and what to do
 */
public record BoardNote(String file, int line, int column, boolean listed, String says) {
  static BoardNote unread(String file, String says) {
    return new BoardNote(file, 0, 0, false, says);
  }
}
