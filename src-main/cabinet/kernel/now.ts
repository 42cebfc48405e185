/** The present in ISO 8601 UTC with milliseconds, as the store and the API have it. */
export function now(): string {
  return new Date().toISOString()
}
