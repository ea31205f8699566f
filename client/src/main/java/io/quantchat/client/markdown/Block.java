package io.quantchat.client.markdown;

import java.util.List;
import java.util.Optional;

/**
 * The lines of one message.
 *
 * @param head nothing in an earlier export
 * @param number of the message in its export; in an earlier one, in the file
 * @param line on which it begins
 * @param body the lines of the text, and blank ones around it
 */
record Block(Optional<Head> head, int number, int line, List<Line> fields, List<Line> body) {}
