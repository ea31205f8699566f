/// The certificate that the gateway answers with: read from files of PEM, checked, and read anew
/// when the files change.
package io.quantchat.infra.local.tls;
