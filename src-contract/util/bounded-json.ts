const COMMA = 0x2c
const BRACKET = 0x5b
const BRACE = 0x7b

/**
 * JSON of somebody else's: it is refused by the number of its values before they are made, each of which takes far more memory than its text.
 * @throws Error with a reason for people
 */
export function parseBounded(bytes: Uint8Array, mostValues: number): unknown {
  let values = 1
  for (const byte of bytes) if (byte === COMMA || byte === BRACKET || byte === BRACE) values++
  if (values > mostValues) throw new Error(`it has more than ${mostValues} values`)
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new Error('it is not JSON')
  }
}
