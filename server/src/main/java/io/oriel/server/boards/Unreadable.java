package io.oriel.server.boards;

/** Why a file can't be a board, and where in it. */
final class Unreadable extends Exception implements Reading {
  private static final long serialVersionUID = 1;

  final int line;
  final int column;

  /** Of the file as a whole. */
  Unreadable(String says) {
    this(0, 0, says);
  }

  Unreadable(int line, int column, String says) {
    super(says, null, false, false); // an answer, not a defect: no stack is needed
    this.line = line;
    this.column = column;
  }

  BoardNote of(String file) {
    return new BoardNote(file, line, column, false, says());
  }

  String says() {
    return String.valueOf(getMessage());
  }
}
