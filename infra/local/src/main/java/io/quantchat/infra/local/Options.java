package io.quantchat.infra.local;

import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.web.ClientPlace;
import io.quantchat.infra.stack.Tables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a {@link LocalGateway} is to run.
 *
 * @param listening how clients reach it
 * @param tables where its tables live
 * @param client where the browser client is; empty for a backend alone
 * @param template the SAM template
 * @param parameters values for the template's parameters, by name
 * @param reaping whether expired items vanish from the tables
 * @param log is told each request, and what went wrong, in one line; by many threads at once
 */
record Options(
    Listening listening,
    Place tables,
    Optional<ClientPlace> client,
    Path template,
    Map<String, String> parameters,
    Tables.Reaping reaping,
    Consumer<String> log) {}
