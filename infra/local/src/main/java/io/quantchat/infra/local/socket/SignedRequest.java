package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.signing.CanonicalRequest;
import io.quantchat.infra.local.signing.CanonicalRequest.PathEncoding;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * A request as Signature Version 4 sees it.
 *
 * @param method in upper case
 * @param path as sent, still percent-encoded
 * @param query as sent, null if there is none
 * @param headers as sent
 * @param body as sent
 */
record SignedRequest(String method, String path, String query, HttpFields headers, byte[] body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  String canonical(List<String> signedHeaders, String bodyHash) {
    return new CanonicalRequest(method, path, query, headers)
        .text(signedHeaders, bodyHash, PathEncoding.TWICE);
  }
}
