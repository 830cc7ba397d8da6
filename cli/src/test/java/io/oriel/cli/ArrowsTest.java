package io.oriel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The walls: which module knows which, and that rooms form no circles. */
class ArrowsTest {
  /** In the order of the root pom; each with the modules that it knows. Only server knows all. */
  private static final Map<String, List<String>> KNOWS =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("storage", List.of("model")),
          Map.entry("wire", List.of("model")),
          Map.entry("metrics", List.of("model", "storage")),
          Map.entry("promql", List.of("model")),
          Map.entry("collect", List.of("model", "wire")),
          Map.entry("simulate", List.of("model", "wire", "collect")),
          Map.entry("scrape", List.of("model", "wire")),
          Map.entry("receive", List.of("model", "wire")),
          Map.entry("engines", List.of("model", "storage", "wire")),
          Map.entry("dashboards", List.of()),
          Map.entry(
              "server",
              List.of(
                  "model",
                  "storage",
                  "wire",
                  "metrics",
                  "promql",
                  "collect",
                  "simulate",
                  "scrape",
                  "receive",
                  "engines",
                  "dashboards")),
          Map.entry(
              "cli",
              List.of(
                  "model",
                  "wire",
                  "metrics",
                  "promql",
                  "collect",
                  "simulate",
                  "engines",
                  "server")));

  /** What a module shows to others beside its top package; the other rooms are its own affair. */
  private static final Map<String, List<String>> SHOWN =
      Map.of(
          "metrics", List.of("inspect"),
          "promql", List.of("expr", "eval", "explain", "parse", "script"),
          "collect",
              List.of(
                  "catalogue",
                  "container",
                  "discover",
                  "gpu",
                  "huggingface",
                  "litellm",
                  "node",
                  "peer"),
          "simulate", List.of("world"),
          "scrape", List.of("config", "discover"),
          "receive", List.of("intake", "otlp", "remotewrite"),
          "engines", List.of("prometheus"),
          "dashboards", List.of("dsl", "shipped"),
          "server", List.of("config"));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.oriel");
  }

  @Test
  void every_module_is_looked_at() {
    var found = new TreeSet<String>();
    for (JavaClass each : classes) found.add(module(each));

    assertThat(found).containsExactlyInAnyOrderElementsOf(KNOWS.keySet());
  }

  @TestFactory
  Stream<DynamicTest> a_module_knows_only_modules_above_it() {
    return forEach(
        KNOWS,
        module ->
            noClasses()
                .that()
                .resideInAPackage(all(module))
                .should()
                .dependOnClassesThat(areForeignTo(module))
                .allowEmptyShould(true));
  }

  @TestFactory
  Stream<DynamicTest> other_modules_come_in_by_the_door() {
    return forEach(
        SHOWN,
        module ->
            noClasses()
                .that()
                .resideOutsideOfPackage(all(module))
                .should()
                .dependOnClassesThat(areInside(module)));
  }

  private static Stream<DynamicTest> forEach(
      Map<String, List<String>> table, Function<String, ArchRule> rule) {
    return table.keySet().stream()
        .sorted()
        .map(module -> DynamicTest.dynamicTest(module, () -> rule.apply(module).check(classes)));
  }

  private static String all(String module) {
    return "io.oriel." + module + "..";
  }

  @Test
  void rooms_form_no_circles() {
    slices().matching("io.oriel.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void jetty_is_known_in_one_room() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.oriel.server.http")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(classes);
  }

  @Test
  void yaml_is_known_in_one_room() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.oriel.wire.yaml")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.snakeyaml..")
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> areForeignTo(String module) {
    List<String> known = KNOWS.getOrDefault(module, List.of());
    return DescribedPredicate.describe(
        "belong to a module that " + module + " does not know",
        each -> isOurs(each) && !module(each).equals(module) && !known.contains(module(each)));
  }

  private static DescribedPredicate<JavaClass> areInside(String module) {
    List<String> shown = SHOWN.getOrDefault(module, List.of());
    return DescribedPredicate.describe(
        "are in a room that " + module + " keeps to itself",
        each ->
            isOurs(each)
                && module(each).equals(module)
                && !room(each).isEmpty()
                && !shown.contains(room(each)));
  }

  private static boolean isOurs(JavaClass each) {
    return each.getPackageName().startsWith("io.oriel.");
  }

  private static String module(JavaClass each) {
    return each.getPackageName().split("\\.", -1)[2];
  }

  /** The package below the module's own; empty for what stands at the door. */
  private static String room(JavaClass each) {
    String[] parts = each.getPackageName().split("\\.", 4);
    return parts.length > 3 ? parts[3] : "";
  }
}
