package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.signing.CanonicalRequest;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request to S3, whichever way it came.
 *
 * @param method in upper case
 * @param path as sent: the bucket's name and then the key
 * @param query as sent
 * @param headers as sent
 * @param body read at most once, as it arrives
 */
record S3Request(
    String method, String path, QueryParameters query, HttpFields headers, InputStream body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  CanonicalRequest canonical() {
    return new CanonicalRequest(method, path, query.sent(), headers);
  }
}
