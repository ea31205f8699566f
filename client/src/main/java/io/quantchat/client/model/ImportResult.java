package io.quantchat.client.model;

import java.util.List;

/**
 * What became of the messages of an export.
 *
 * @param added messages that are new here
 * @param here messages that were here already, and stay as they are
 * @param unverified of the new ones, those of an export without digests, as the original client
 *     writes them: whether they are as they were written, nobody can tell
 * @param refused what could not be read in, in the order of the file
 */
public record ImportResult(int added, int here, int unverified, List<Refused> refused) {

  public ImportResult {
    refused = List.copyOf(refused);
  }

  /**
   * A message that isn't read in, or some that the file lacks.
   *
   * @param number of the message in its export, from 1 on; in a file without numbers, in the file
   * @param line of the file, from 1 on, on which it begins; 0 for what isn't there
   * @param messageId as the file says; empty where it doesn't
   * @param reason for a person, without an end mark
   */
  public record Refused(int number, int line, String messageId, String reason) {}
}
