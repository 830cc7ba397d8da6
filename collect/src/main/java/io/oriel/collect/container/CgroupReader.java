package io.oriel.collect.container;

/** Reads what the kernel accounts for one container; bound to its folder. */
interface CgroupReader {
  /** Where its list of processes lies. */
  String folder();

  /** Fills in what is there; false when the folder is gone or can't be read. */
  boolean read(Usage into);
}
