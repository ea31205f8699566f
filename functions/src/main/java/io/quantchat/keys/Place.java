package io.quantchat.keys;

/**
 * Where a one-time prekey is.
 *
 * @param batchName the name of its batch
 * @param index its index there, from 0
 */
record Place(String batchName, int index) {}
