/** Headers of every answer of the local port: nothing here is for other sites, frames or caches that guess types. */
export const safeHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const

/** The same as the document says them. */
export const safeHeadersSentence = `Every answer of the local port carries ${Object.entries(safeHeaders)
  .map(([name, value]) => `\`${name}: ${value}\``)
  .join(', ')}.`
