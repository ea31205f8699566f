package io.quantchat.infra.demo;

import io.quantchat.client.model.Contact;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.SafetyNumber;
import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.demo.ServerAnswers.Published;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The steps with accounts, contacts and keys. */
final class KeySteps {

  private static final int DIGITS = 60;
  private static final int GROUPS_OF_A_LINE = 6;

  private final Play play;
  private final Cast cast;
  private final ServerAnswers server;

  KeySteps(Play play, Cast cast, ServerAnswers server) {
    this.play = play;
    this.cast = cast;
    this.server = server;
  }

  Person register(String name) throws Ended {
    return play.step(
        name + " makes an account",
        () -> {
          Person person = cast.join(name);
          person.program().register(person.email(), person.secrets().password().toCharArray(), "");
          Published published = server.bundleOf(person);
          published.signed().verify(Instant.now());
          Bundle bundle = published.signed().bundle();
          Difference.check("whose bundle", person.id(), bundle.userId());
          Difference.check("bundle", 1L, bundle.version());
          int prekeys = server.prekeysOf(person);
          Difference.checkThat("one-time prekeys at the server", prekeys > 0);
          return new Outcome<>(
              person,
              List.of(
                  "Secret keys: made here, kept here, in a file that is encrypted under %s's passphrase."
                      .formatted(name)),
              List.of(
                  "account " + ShortId.of(person.id()) + ", " + person.email(),
                  "bundle 1, %s, signed by %s: public keys %s"
                      .formatted(
                          Shown.size(published.bytes()), signers(published), algorithms(bundle)),
                  Shown.count(prekeys, "one-time prekey") + ", ECDH-P256 + ML-KEM-768 each"));
        });
  }

  void addEachOther(Person ana, Person ben) throws Ended {
    play.step(
        ana.name() + " and " + ben.name() + " add each other",
        () -> {
          ana.program().addContact(ben.email());
          ben.program().addContact(ana.email());
          List<Contact> contacts = ana.program().contacts();
          Difference.check(
              "contacts", List.of(ben.id()), contacts.stream().map(Contact::id).toList());
          Difference.check("online", false, contacts.getFirst().online());
          return new Outcome<>(
              contacts,
              List.of(ana.name() + " sees that " + ben.name() + " is offline."),
              List.of("who knows whom, who is online: this it must know"));
        });
  }

  void compareSafetyNumbers(Person ana, Person ben) throws Ended {
    play.step(
        ana.name() + " and " + ben.name() + " compare safety numbers",
        () -> {
          SafetyNumber anas = ana.program().safetyNumber(ben.id());
          SafetyNumber bens = ben.program().safetyNumber(ana.id());
          Difference.check("digits", DIGITS, anas.digits().length());
          Difference.check("safety number", anas.digits(), bens.digits());
          return new Outcome<>(
              anas,
              inTwoLines(anas),
              List.of("Had it given out keys of its own making, the two numbers would differ."));
        });
  }

  private static List<String> inTwoLines(SafetyNumber number) {
    List<String> groups = List.of(number.spacedDigits().split(" ", -1));
    var lines = new ArrayList<String>();
    for (int at = 0; at < groups.size(); at += GROUPS_OF_A_LINE) {
      lines.add(String.join(" ", groups.subList(at, at + GROUPS_OF_A_LINE)));
    }
    lines.add("The same on both screens: nobody stands between them.");
    return lines;
  }

  private static String algorithms(Bundle bundle) {
    return bundle.keys().keys().stream()
        .map(key -> key.algorithm())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String signers(Published published) {
    return published.signed().signatures().stream()
        .map(signature -> signature.algorithm().wireName())
        .collect(Collectors.joining(" and "));
  }
}
