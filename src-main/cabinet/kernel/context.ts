/** What long or killable work gets: aborting `signal` cancels it and leaves nothing half done. */
export type Context = { signal?: AbortSignal | undefined }
