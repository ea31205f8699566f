/// The whole backend on one machine, from `template.yaml`.
///
/// `Runner` is the program, `UpCommand` its command line, `LocalGateway` what it starts: the tables
/// (`database`: in this process, in `infra/database`, or elsewhere), the functions (`lambda`), the
/// REST API (`rest`) and the WebSocket API (`socket`), both on one port (`server`), over TLS if it
/// is to be (`tls`), and what Prometheus asks for on another (`metrics`). `gateway` holds what the
/// two APIs share, `web` serves the browser client, `signing` how requests to AWS are signed,
/// `objects` the buckets of S3, and `terminal` what all command lines do.
///
/// `Backups` is the program that makes a copy of a folder's tables, or tables of a copy (`backup`),
/// also while an instance runs. Other programs find that by `RunningInstance`, or start one of
/// their own by `RunnerProcess`, or within themselves by `OwnBackend`. `TrainingRun` is a runner
/// that plays to itself, so that the JVM makes quick starts of it.
package io.quantchat.infra.local;
