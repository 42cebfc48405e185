/** Which program a child process runs: `src-main/entries/<kind>.ts`. */
export type ChildKind = 'reader' | 'runtime' | 'cabinet' | 'served-cabinet'

/** Whether what it writes to standard error is the program's log, and not only a reason of its end. */
export const keepsLog = (kind: ChildKind): boolean => kind === 'cabinet' || kind === 'served-cabinet'

/** How a child ended. */
export type ExitReason = {
  /** Exit code, or null where a signal ended it or it never started. */
  code: number | null
  /** Name of the signal that ended it. */
  signal: string | null
  /** The last that it wrote to its standard error, at most 8 KiB; empty where that goes to our own. */
  output: string
}

/** One child process, whatever started it. Messages are structured clones and keep their order. */
export interface Channel {
  /** Undefined until the operating system has given one. */
  readonly pid: number | undefined
  /** Sends to the child; does nothing once the child is gone. */
  post(message: unknown): void
  /** Calls the listener for each message of the child; returns the function that stops that. */
  onMessage(listener: (message: unknown) => void): () => void
  /** Calls the listener once when the child is gone, at once if it already is; returns the function that stops that. */
  onExit(listener: (reason: ExitReason) => void): () => void
  /** Ends the child at once, whatever it does (SIGKILL; TerminateProcess on Windows). */
  kill(): void
}

/** Starts a child. The arguments appear in its `process.argv` from index 2 on. */
export type Spawn = (kind: ChildKind, args?: readonly string[]) => Channel
