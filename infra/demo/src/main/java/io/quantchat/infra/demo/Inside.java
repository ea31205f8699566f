package io.quantchat.infra.demo;

/**
 * What a server has, behind its back.
 *
 * @param tables with all its rows
 * @param bucket with all its objects
 */
record Inside(Tables tables, Bucket bucket) {}
