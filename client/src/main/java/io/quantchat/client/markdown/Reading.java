package io.quantchat.client.markdown;

import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import java.util.List;

/**
 * What there is in an export.
 *
 * @param read in the order of the file
 * @param refused what can't be read, and what is missing
 */
public record Reading(List<Read> read, List<Refused> refused) {

  public Reading {
    read = List.copyOf(read);
    refused = List.copyOf(refused);
  }

  public List<Message> messages() {
    return read.stream().map(Read::message).toList();
  }

  /**
   * A message.
   *
   * @param message as the file says: its state and its details are claims
   * @param number of the message in its export; in one without numbers, in the file
   * @param line on which it begins
   * @param verified whether its digest says that it is as it was written
   */
  public record Read(Message message, int number, int line, boolean verified) {

    /** Why it isn't taken after all. */
    public Refused refused(String reason) {
      return new Refused(number, line, message.id().toString(), reason);
    }
  }
}
