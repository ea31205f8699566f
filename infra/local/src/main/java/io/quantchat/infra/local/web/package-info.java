/// The browser client at `/`: the files that were built of it, read once and answered from memory,
/// with the headers of `infra/web-headers.json`.
package io.quantchat.infra.local.web;
