import type { Random } from '../../bench/data/random.ts'

/** One kind of input from outside, and the part of the program that has to bear it. */
export type FuzzKind = {
  /** Its share of all inputs of a run: pure decoders take thousands in a second, whole processes a few. */
  share: number
  /** Whether all of the work is done in the process itself, so that its own processor time says how long an input takes. */
  isPure: boolean
  open(folder: string): Promise<Fuzzer>
}

type Fuzzer = {
  /** Inputs of one call of `attempt`, which go in together; 1 unless it says otherwise. */
  atOnce?: number
  /**
   * Makes damaged inputs and hands them in. Answers what became of each: `read`, or what it was refused with.
   * @throws whatever is no refusal
   */
  attempt(random: Random): Promise<string[]>
  close(): Promise<void>
}

/** Whole inputs that damaged ones are made from: at least one. */
export type Wholes = readonly [Uint8Array, ...Uint8Array[]]
