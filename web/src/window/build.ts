/** The hash of the build that runs here; absent offline where the service worker doesn't keep it. */
export async function build(): Promise<string | undefined> {
  try {
    const answer = await fetch('/build.json');
    const told: unknown = await answer.json();
    return typeof told === 'object' && told !== null && 'build' in told
      ? String(told.build)
      : undefined;
  } catch {
    return undefined;
  }
}
