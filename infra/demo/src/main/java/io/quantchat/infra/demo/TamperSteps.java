package io.quantchat.infra.demo;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.infra.demo.MessageSteps.Sent;
import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.demo.StoredRow.Attribute;
import java.util.List;

/** Somebody who can write into the server's tables, and what comes of it. */
final class TamperSteps {

  private final Play play;
  private final Tables tables;
  private final Look look;

  TamperSteps(Play play, Tables tables, Look look) {
    this.play = play;
    this.tables = tables;
    this.look = look;
  }

  void flipOneBit(Person recipient, Sent sent) throws Ended {
    play.step(
        "Somebody changes the first of them",
        () -> {
          for (StoredRow row : tables.messagesFor(recipient.id().toString())) {
            var holding = row.holding(sent.content());
            if (holding.isPresent()) {
              return new Outcome<>(
                  row, List.of(), List.of(flipOneBit(row, holding.get(), sent.content())));
            }
          }
          throw new Difference("a row with the message's bytes", "none");
        });
  }

  private String flipOneBit(StoredRow row, Attribute attribute, byte[] content) throws Difference {
    int inContent = content.length / 2;
    int at = StoredRow.position(content, attribute.value()) + inContent;
    byte before = attribute.value()[at];
    byte[] changed = attribute.value().clone();
    changed[at] = (byte) (before ^ 1);
    tables.overwrite(row, attribute.name(), changed);
    return "one bit of the row: byte %d of the content, %02x %s %02x"
        .formatted(inContent, before, look.arrow(), changed[at]);
  }

  void comesAndRefuses(Person who, Person sender, Sent changed, Message untouched) throws Ended {
    play.step(
        who.name() + " comes online",
        () -> {
          who.connect();
          Quarantined refused =
              who.eyes()
                  .await(
                      Told.Refused.class,
                      told -> told.message().messageId().equals(changed.message().id().toString()))
                  .message();
          Difference.check("refusal", "BAD_SIGNATURE", refused.reason());
          who.awaitMessage(untouched);
          sender.awaitState(untouched, MessageState.DELIVERED);
          Difference.checkThat(
              "nothing of it shown", !who.textsWith(sender).contains(changed.message().text()));
          int left = tables.messagesFor(who.id().toString()).size();
          Difference.checkThat("the refused message, not acknowledged", left >= 1);
          return new Outcome<>(
              refused,
              List.of(
                  look.cross() + " refused, and not shown: " + refused.reason(),
                  "%s %s %s  \"%s\""
                      .formatted(sender.name(), look.arrow(), who.name(), untouched.text()),
                  "The next one comes in as if nothing had happened."),
              List.of("the changed one stays, never acknowledged"));
        });
  }
}
