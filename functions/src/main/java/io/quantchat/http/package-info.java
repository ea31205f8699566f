/// The REST API's side of a function: its routes, requests and answers, the fields that somebody
/// sent, problems, and the one JSON mapper. Frames of a socket are read with the same fields and
/// refused with the same problems.
package io.quantchat.http;
