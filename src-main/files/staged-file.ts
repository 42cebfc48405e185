/** A file that was received whole and hashed, under a temporary name; it becomes part of the cabinet only when it is kept. */
export type StagedFile = {
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 as 64 hexadecimal digits. */
  readonly sha256: string
  /** Removes it; does nothing once it was kept or removed. */
  discard(): Promise<void>
}
