package io.quantchat.rehearsal;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody for other functions' rehearsals, who exists on their stage alone. */
public final class RehearsedAccount {

  private RehearsedAccount() {}

  /**
   * Puts somebody on a stage.
   *
   * @param accountsTable where the function that is rehearsed looks for accounts
   * @return the account's id
   */
  public static String enter(RehearsalStage stage, String accountsTable, Instant now) {
    String userId = stage.newId();
    var account =
        new Account(
            userId,
            userId + "@example.com",
            "rehearsal",
            "Rehearsal",
            "",
            Optional.of("key"),
            List.of(),
            Set.of(),
            new Presence(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            now);
    try {
      new AccountStore(stage.props(), accountsTable, accountsTable).create(account);
    } catch (AccountStore.EmailTakenException impossible) {
      throw new IllegalStateException(impossible);
    }
    return userId;
  }
}
