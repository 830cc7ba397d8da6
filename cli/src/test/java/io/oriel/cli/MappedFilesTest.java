package io.oriel.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Files are read through memory and never written so: on a full disk such a write is a signal that
 * ends the process, where a plain write is an error that is told.
 */
class MappedFilesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.oriel");

  @Test
  void no_file_is_mapped_for_writing() {
    noClasses()
        .should()
        .accessFieldWhere(
            describe(
                "is a mode of mapping that writes",
                (JavaFieldAccess access) ->
                    access.getTargetOwner().isEquivalentTo(MapMode.class)
                        && !access.getTarget().getName().equals("READ_ONLY")))
        .check(CLASSES);
  }

  @Test
  void files_are_mapped_by_the_disk_the_reader_of_foreign_blocks_and_the_sorting_of_imports() {
    var places = new TreeSet<String>();
    for (var each : CLASSES) {
      each.getMethodCallsFromSelf().stream()
          .filter(call -> call.getTargetOwner().isAssignableTo(FileChannel.class))
          .filter(call -> call.getTarget().getName().equals("map"))
          .forEach(_ -> places.add(each.getName()));
    }

    assertThat(places)
        .containsExactly(
            "io.oriel.cli.backfill.Spill",
            "io.oriel.storage.disk.RealDisk",
            "io.oriel.wire.tsdb.MappedBytes");
  }
}
