/**
 * What is to be expected of another try: `refused`: the same again; `temporary`: it may work later; `offline`: it may work as soon
 * as there is a network.
 */
export type FailureKind = 'refused' | 'temporary' | 'offline'

/** A transfer that did not work. The message is a sentence for a person and names hosts at most, never a whole address. */
export class NetworkFailure extends Error {
  readonly kind: FailureKind
  /** Milliseconds that the server asks to be left alone. */
  readonly retryAfter: number | undefined

  constructor(
    kind: FailureKind,
    sentence: string,
    { retryAfter, cause }: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(sentence, { cause })
    this.kind = kind
    this.retryAfter = retryAfter
  }
}

const offlineCodes = new Set(['ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EHOSTDOWN', 'EAI_AGAIN', 'EADDRNOTAVAIL'])

const certificateCode = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA)/

/** Sorts an error of the system's. `online` tells whether this machine has a network at all. */
export function failureOfError(error: unknown, host: string, online: boolean): NetworkFailure {
  if (error instanceof NetworkFailure) return error
  const code = codeOf(error)
  const cause = error
  if (code === 'ENOTFOUND' && online)
    return new NetworkFailure('temporary', `The host ${host} was not found.`, { cause })
  if (offlineCodes.has(code) || code === 'ENOTFOUND') {
    return new NetworkFailure('offline', `${host} cannot be reached: no network connection.`, { cause })
  }
  if (certificateCode.test(code)) {
    return new NetworkFailure('refused', `The TLS certificate of ${host} is not valid (${code}).`, { cause })
  }
  if (code === 'ECONNREFUSED') return new NetworkFailure('temporary', `${host} refused the connection.`, { cause })
  if (code.startsWith('HPE_')) return new NetworkFailure('temporary', `${host} does not speak HTTP.`, { cause })
  return new NetworkFailure('temporary', `The connection to ${host} was lost${code && ` (${code})`}.`, { cause })
}

function codeOf(error: unknown): string {
  // Where several addresses were tried, the first error stands for all.
  const one = error instanceof AggregateError ? error.errors[0] : error
  return one instanceof Error && 'code' in one && typeof one.code === 'string' ? one.code : ''
}

/** Sorts an answer that brings no file. */
export function failureOfStatus(status: number, host: string, retryAfterHeader: string | undefined): NetworkFailure {
  const retryAfter = parseRetryAfter(retryAfterHeader, Date.now())
  const later = (sentence: string) =>
    new NetworkFailure('temporary', sentence, retryAfter === undefined ? {} : { retryAfter })
  const never = (sentence: string) => new NetworkFailure('refused', sentence)
  if (status === 401 || status === 407) return never(`${host} requires a sign-in or rejected the one sent (${status}).`)
  if (status === 403) return never(`${host} denied access to the file (403).`)
  if (status === 404) return never(`The file was not found on ${host} (404).`)
  if (status === 410) return never(`The file was removed from ${host} (410).`)
  if (status === 429) return later(`${host} is limiting requests (429). Retrying later.`)
  if (status === 408 || status === 425 || status >= 500)
    return later(`${host} returned a server error (${status}). Retrying.`)
  return never(`Unexpected response from ${host} (${status}).`)
}

/** `Retry-After` in milliseconds: seconds or a date (RFC 9110, 10.2.3). */
function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
