package io.quantchat.infra.stack;

import java.time.Duration;

/**
 * A function that is invoked again and again, by a schedule of EventBridge.
 *
 * @param functionId the function's logical id
 * @param name the event's name in the template
 * @param every the time between two invocations
 */
public record ScheduleSpec(String functionId, String name, Duration every) {}
