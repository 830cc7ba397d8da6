package io.oriel.server.http;

/** How an error is written. */
public enum ErrorForm {
  /** In the shape of Prometheus' API. */
  JSON {
    @Override
    Answer error(int status, String errorType, String sentence) {
      return Answer.error(status, errorType, sentence);
    }
  },
  /** One line, for those who write it into a log. */
  TEXT {
    @Override
    Answer error(int status, String errorType, String sentence) {
      return Answer.text(status, sentence + "\n");
    }
  };

  abstract Answer error(int status, String errorType, String sentence);
}
