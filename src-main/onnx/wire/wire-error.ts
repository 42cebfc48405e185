/** Why bytes could not be decoded, before anybody puts it in words for a person. */
export type WireProblem = 'truncated' | 'damaged' | 'too-deep' | 'too-large'

/** Bytes that are no well-formed message; `offset` counts from the start of the source. */
export class WireError extends Error {
  readonly problem: WireProblem
  readonly offset: number
  /** How many bytes the source must at least have for the field to be whole, where that is known. */
  readonly needs: number | null

  constructor(problem: WireProblem, offset: number, message: string, needs: number | null = null) {
    super(message)
    this.problem = problem
    this.offset = offset
    this.needs = needs
  }
}
