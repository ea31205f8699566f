package io.quantchat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The zip that Lambda gets: its contents, and those that shouldn't be there.
 *
 * @param size of the zip, in bytes
 * @param entries of the zip: name and time
 * @param classes entries of the one jar in it: name and time
 * @param services what that jar's {@code META-INF/services} files name: service, then providers
 */
record LambdaPackage(
    long size, List<Entry> entries, List<Entry> classes, Map<String, List<String>> services) {

  /** One file in a zip; its time as it is written there, in no time zone. */
  record Entry(String name, LocalDateTime time) {

    boolean isFile() {
      return !name.endsWith("/");
    }
  }

  static final long LARGEST = 10_000_000;

  static final String JAR = "lib/quantchat-functions.jar";

  /** The time that every entry bears, so that the same classes are the same bytes. */
  static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private static final String SERVICES = "META-INF/services/";

  /** Every package that classes may lie in, and why they are needed. */
  private static final Map<String, String> NEEDED =
      Map.ofEntries(
          Map.entry("io/quantchat/", "the functions"),
          Map.entry("com/amazonaws/services/lambda/runtime/", "what Lambda calls them by"),
          Map.entry("com/auth0/jwt/", "access tokens"),
          Map.entry("com/fasterxml/jackson/", "JSON and CBOR"),
          Map.entry("org/bouncycastle/", "Argon2id and bcrypt; signatures of keys"),
          Map.entry("org/crac/", "hooks around snapshots"),
          Map.entry("org/reactivestreams/", "in signatures of the SDK"),
          Map.entry("org/slf4j/", "the SDK logs to it, and it to nowhere"),
          Map.entry("software/amazon/awssdk/", "clients of AWS"),
          Map.entry("software/amazon/eventstream/", "in signatures of the SDK"));

  /** Parts of those packages that must stay out. */
  private static final Map<String, String> UNWANTED =
      Map.of(
          "io/quantchat/infra/", "the local runner and tests' fixtures",
          "software/amazon/awssdk/http/nio/", "Netty's HTTP client",
          "software/amazon/awssdk/http/apache/", "the Apache HTTP client",
          "software/amazon/awssdk/http/apache5/", "the Apache 5 HTTP client",
          "software/amazon/awssdk/http/crt/", "the CRT's HTTP client",
          "software/amazon/awssdk/crt/", "the CRT and its natives",
          "org/bouncycastle/jce/", "Bouncy Castle's security provider",
          "org/bouncycastle/jcajce/", "Bouncy Castle's security provider");

  static LambdaPackage read(Path zip) throws IOException {
    var entries = new ArrayList<Entry>();
    var classes = new ArrayList<Entry>();
    var services = new TreeMap<String, List<String>>();
    try (var outer = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry entry = outer.getNextEntry(); entry != null; entry = outer.getNextEntry()) {
        entries.add(new Entry(entry.getName(), entry.getTimeLocal()));
        if (entry.getName().equals(JAR)) {
          readJar(new ByteArrayInputStream(outer.readAllBytes()), classes, services);
        }
      }
    }
    return new LambdaPackage(Files.size(zip), entries, classes, services);
  }

  private static void readJar(
      InputStream jar, List<Entry> classes, Map<String, List<String>> services) throws IOException {
    var inner = new ZipInputStream(jar);
    for (ZipEntry entry = inner.getNextEntry(); entry != null; entry = inner.getNextEntry()) {
      String name = entry.getName();
      classes.add(new Entry(name, entry.getTimeLocal()));
      if (name.startsWith(SERVICES) && !entry.isDirectory()) {
        services.put(
            name.substring(SERVICES.length()),
            new String(inner.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList());
      }
    }
  }

  /** The same with one more file in the jar. */
  LambdaPackage plus(String name) {
    var more = new ArrayList<>(classes);
    more.add(new Entry(name, TIME));
    return new LambdaPackage(size, entries, more, services);
  }

  /** The same with one more file beside the jar. */
  LambdaPackage plusBeside(String name) {
    var more = new ArrayList<>(entries);
    more.add(new Entry(name, TIME));
    return new LambdaPackage(size, more, classes, services);
  }

  /** The same with another size. */
  LambdaPackage ofSize(long bytes) {
    return new LambdaPackage(bytes, entries, classes, services);
  }

  boolean hasClass(String name) {
    return classes.stream().anyMatch(entry -> entry.name().equals(fileOf(name)));
  }

  /** All that is wrong with it, in words. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    if (size > LARGEST) {
      faults.add("The zip has " + size + " bytes, and may have " + LARGEST);
    }
    for (Entry entry : entries) {
      if (entry.isFile() && !entry.name().equals(JAR)) {
        faults.add("Not the one jar: " + entry.name());
      }
    }
    var seen = new HashSet<String>();
    for (Entry entry : classes) {
      if (!seen.add(entry.name())) {
        faults.add("Twice: " + entry.name());
      }
      if (entry.isFile()) {
        faultOf(entry.name(), faults);
      }
    }
    for (Set<Entry> all : List.of(Set.copyOf(entries), Set.copyOf(classes))) {
      if (all.stream().anyMatch(entry -> !entry.time().equals(TIME))) {
        faults.add("Not all entries bear the same time");
      }
    }
    services.forEach(
        (service, providers) ->
            providers.stream()
                .filter(provider -> !hasClass(provider))
                .forEach(provider -> faults.add(service + " has no provider " + provider)));
    return faults;
  }

  private static void faultOf(String name, List<String> faults) {
    if (name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)")) {
      faults.add("A signature of another jar: " + name);
    } else if (name.startsWith("META-INF/")) {
      return;
    } else if (NEEDED.keySet().stream().noneMatch(name::startsWith)) {
      faults.add("Of no package that is needed: " + name);
    } else if (name.matches("io/quantchat/.*Test(\\$.*)?\\.class")) {
      faults.add("Test code: " + name);
    }
    UNWANTED.forEach(
        (prefix, what) -> {
          if (name.startsWith(prefix)) {
            faults.add("Of " + what + ": " + name);
          }
        });
  }

  private static String fileOf(String className) {
    return className.replace('.', '/') + ".class";
  }
}
