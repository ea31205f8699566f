/**
 * Stands for leader until the signal ends it. Who had the lock stolen, because for a while it
 * answered nobody, waits in line again: else nobody would follow the thief where this tab is the
 * last.
 *
 * @param lead one candidacy: returns when it is over, and throws where the engine can't start
 */
export async function stand(
  lead: (steal: boolean) => Promise<void>,
  steal: boolean,
  signal: AbortSignal,
): Promise<void> {
  await lead(steal);
  while (!signal.aborted) {
    await lead(false);
  }
}
