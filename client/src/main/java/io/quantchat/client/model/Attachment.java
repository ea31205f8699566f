package io.quantchat.client.model;

import java.nio.file.Path;

/**
 * A file to send.
 *
 * @param keepMetadata whether a picture is sent with what its file tells of place, time and camera
 */
public record Attachment(Path file, boolean keepMetadata) {}
