package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Contact;
import io.quantchat.client.model.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of the documentation: of the package, and of the project. */
@ExtendWith(RelayExtension.class)
class ExampleTest {

  private final CountDownLatch answered = new CountDownLatch(1);

  @Test
  void theDocumentedExampleRuns(TestRelay relay, TwoPeople people) throws InterruptedException {
    Person ann = people.ann();
    ann.close();
    Person other = people.ben();
    other.client.connect();
    Servers servers = relay.servers();
    Path file = ann.file;
    String email = ann.email;
    String theirEmail = other.email;
    char[] password = Person.passphrase();
    char[] passphrase = Person.passphrase();
    Thread answering =
        Thread.startVirtualThread(
            () -> {
              Person.Came came = other.await(Person.Came.class, any -> true);
              other.client.send(came.message().contactId(), "I will.");
            });

    try (QuantChat chat = QuantChat.open(servers, file, passphrase, new Printing())) {
      chat.login(email, password);
      Contact ben = chat.addContact(theirEmail);
      chat.connect();
      chat.send(ben.id(), "Meet me at the old mill at noon.");
      answered.await();
      chat.markRead(ben.id());
      assertThat(chat.conversation(ben.id()))
          .extracting(Message::text)
          .containsExactly("Meet me at the old mill at noon.", "I will.");
    }
    answering.join();
  }

  @ParameterizedTest
  @CsvSource({
    "src/main/java/io/quantchat/client/package-info.java, '/// '",
    "../README.md, ''",
  })
  void theDocumentedExampleIsThisOne(String file, String margin) throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of(file)).stream()
            .dropWhile(line -> !line.equals(margin + "```java"))
            .skip(1)
            .takeWhile(line -> !line.equals(margin + "```"))
            .map(line -> line.substring(margin.length()).strip())
            .toList();
    String here =
        Files.readAllLines(Path.of("src/test/java/io/quantchat/client/ExampleTest.java")).stream()
            .map(String::strip)
            .collect(Collectors.joining("\n"));

    assertThat(documented).isNotEmpty();
    assertThat(here).contains(documented);
  }

  private final class Printing implements QuantChatListener {

    @Override
    public void received(Message message) {
      System.out.println(message.text());
      answered.countDown();
    }
  }
}
