/// What QuantChat costs on AWS, before anything is deployed.
///
/// Units of DynamoDB come from `infra/budgets.json`, which tests count and hold; memory comes from
/// `template.yaml`; prices from the dated `prices.json`; the rest from [Assumption], each of which
/// an option changes and the report prints. An operation's [Usage] is what it takes of each
/// [Price]; everything else is adding usages up.
package io.quantchat.infra.bench.cost;
