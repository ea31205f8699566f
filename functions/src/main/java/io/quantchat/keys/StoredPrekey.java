package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A prekey as it stands in the table.
 *
 * @param batch what the prekeys of its batch share: statement and signatures
 * @param own what they don't: index, path and keys
 */
record StoredPrekey(Place place, ObjectNode batch, ObjectNode own) {}
