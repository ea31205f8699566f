/// API Gateway's REST API on one machine: one stage, Lambda proxy integration, payload 1.0, mapped
/// to a base path of a custom domain. What it does beyond the template is what API Gateway does, so
/// that what passes here passes there.
///
/// A request's way: size of URL and headers → body → route → event → function → answer. {@link
/// io.quantchat.infra.local.rest.RestGateway} walks it; every other class is one station.
package io.quantchat.infra.local.rest;
