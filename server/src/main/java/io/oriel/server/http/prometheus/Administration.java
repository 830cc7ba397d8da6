package io.oriel.server.http.prometheus;

import io.oriel.model.Matcher;
import io.oriel.model.TimeRange;
import java.io.IOException;
import java.util.List;

/** What an administrator may ask of a running Oriel. */
public interface Administration {
  boolean ready();

  /**
   * Why a running Oriel is not what it should be, in a sentence with a remedy; empty where it is.
   */
  default String trouble() {
    return "";
  }

  /** Whether the calls that touch stored data are allowed. */
  boolean enabled();

  /**
   * Reads the configuration again, all or nothing.
   *
   * @throws io.oriel.model.limit.Refusal.CannotStart when it is wrong; the old one stays in force
   */
  void reload();

  /**
   * Copies the stored metrics while running; gives the copy's name below the data folder.
   *
   * @param skipHead without what is in no block yet
   */
  String snapshot(boolean skipHead) throws IOException;

  /**
   * Deletes stored samples: no answer has them when this returns.
   *
   * @param selections of the series: those that match all of any
   */
  void delete(List<List<Matcher>> selections, TimeRange range) throws IOException;

  /** Takes what is deleted off the disk. */
  void cleanTombstones() throws IOException;
}
