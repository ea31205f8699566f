/// The whole backend on one machine, from `template.yaml`.
///
/// `Runner` is the program, `UpCommand` its command line, `LocalGateway` what it starts: the tables
/// (in `infra/stack`), the functions (`lambda`), the REST API (`rest`) and the WebSocket API
/// (`socket`), both on one port (`server`). `gateway` holds what the two APIs share. Other programs
/// find a running instance by `RunningInstance`, or start one of their own by `RunnerProcess`.
/// `TrainingRun` is a runner that plays to itself, so that the JVM makes quick starts of it.
package io.quantchat.infra.local;
