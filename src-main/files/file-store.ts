import type { StagedFile } from './staged-file.ts'

/** The files of a cabinet, each once, under its SHA-256 (design.md, Data). */
export type FileStore = {
  /**
   * Receives a stream into a temporary file, hashing on the way, with backpressure and in constant memory.
   * @throws Problem `too-large` past `limit` bytes, `storage-full`; the abort's reason where `signal` aborts; the stream's own error.
   * Nothing is left behind then.
   */
  receive(stream: AsyncIterable<Uint8Array>, options: { limit: number; signal?: AbortSignal }): Promise<StagedFile>
  /** Makes a staged file permanent: when it returns, the bytes and their name are on disk. Identical bytes are kept once. */
  keep(staged: StagedFile): Promise<void>
  /** Where the file with this digest lies, or would lie. */
  pathOf(sha256: string): string
}
