package io.quantchat.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.QuantChat;
import io.quantchat.client.QuantChatListener;
import io.quantchat.client.model.Message;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be asked of another program is all that a client can do, but what is named here. */
class OperationsTest {

  @Test
  void everyMethodOfTheClientIsCarriedOrNamedAsLeftOut() {
    Set<String> carried =
        Operations.CALLS.values().stream().map(Operations::name).collect(Collectors.toSet());

    assertThat(Stream.of(QuantChat.class.getDeclaredMethods()).filter(OperationsTest::isOffered))
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(
                        carried.contains(Operations.name(method))
                            || Operations.LEFT_OUT.containsKey(method.getName()))
                    .as("%s: add it to Chat, or to what is left out", Operations.name(method))
                    .isTrue());
  }

  @Test
  void nothingIsLeftOutThatThereIsNotOrThatIsCarriedToo() {
    assertThat(Operations.LEFT_OUT.keySet())
        .allSatisfy(
            name -> {
              assertThat(Stream.of(QuantChat.class.getMethods()).map(Method::getName))
                  .contains(name);
              assertThat(Operations.CALLS.values())
                  .extracting(Method::getName)
                  .doesNotContain(name);
            });
  }

  @Test
  void everyCallIsAMethodOfTheClientAndGivesWhatThatGives() {
    assertThat(Operations.CALLS.values())
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(
                        QuantChat.class
                            .getMethod(call.getName(), call.getParameterTypes())
                            .getGenericReturnType())
                    .as(call.getName())
                    .isEqualTo(call.getGenericReturnType()));
  }

  @Test
  void everythingThatAListenerIsToldIsCarried() {
    assertThat(Operations.EVENTS.keySet())
        .containsAll(
            Stream.of(QuantChatListener.class.getMethods()).map(Operations::name).toList());
  }

  @Test
  void allThatCallsAndEventsTakeAndGiveCanBeWritten() {
    assertThat(
            Stream.of(Operations.CALLS, Operations.EVENTS)
                .flatMap(methods -> methods.values().stream()))
        .allSatisfy(
            method ->
                assertThat(
                        Stream.concat(
                            Stream.of(method.getGenericReturnType()),
                            Stream.of(method.getGenericParameterTypes())))
                    .as(Operations.name(method))
                    .allMatch(WireValues::canCarry));
  }

  @Test
  void whatCallersCatchTravelsByKind() throws IOException, URISyntaxException {
    List<Class<?>> caught = failuresBeside(Message.class);

    assertThat(caught).hasSizeGreaterThan(5);
    assertThat(WireFailures.KINDS.stream().<Class<?>>map(WireFailures.Kind::type))
        .containsAll(caught);
  }

  /** The classes of failures in a class's package. */
  private static List<Class<?>> failuresBeside(Class<?> one)
      throws IOException, URISyntaxException {
    URI place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
    String folder = one.getPackageName().replace('.', '/');
    if (Files.isDirectory(Path.of(place))) {
      return failures(Path.of(place).resolve(folder), one.getPackageName());
    }
    try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
      return failures(jar.getPath(folder), one.getPackageName());
    }
  }

  private static List<Class<?>> failures(Path folder, String named) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith("Exception.class"))
          .<Class<?>>map(file -> type(named + "." + file.replace(".class", "")))
          .toList();
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isOffered(Method method) {
    return Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers());
  }
}
