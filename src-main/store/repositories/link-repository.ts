import type { Database } from 'better-sqlite3'

export type LinkKind = 'EdgeImpulse' | 'Url' | 'Path'

/** Where a function's model comes from. */
export type StoredLink = {
  kind: LinkKind
  /** Project number, address (without what is secret in it) or path. */
  target: string
  /** Encrypted; null where the link needs none. */
  secret: Uint8Array | null
  /** Of the file that was fetched last. */
  etag: string | null
  downloadedAt: string | null
  /** What there is to say of the last try; '' where all is well. */
  message: string
}

type Row = Omit<StoredLink, 'downloadedAt'> & { downloaded_at: string | null }

/** Rows of `link`, by the id of their function. */
export function createLinkRepository(database: Database) {
  const find = database.prepare<[number], Row>(
    'SELECT kind, target, secret, etag, downloaded_at, message FROM link WHERE function_id = ?',
  )
  const put = database.prepare<StoredLink & { functionId: number }>(
    `INSERT OR REPLACE INTO link (function_id, kind, target, secret, etag, downloaded_at, message)
     VALUES (@functionId, @kind, @target, @secret, @etag, @downloadedAt, @message)`,
  )
  const remove = database.prepare<[number]>('DELETE FROM link WHERE function_id = ?')
  return {
    find(functionId: number): StoredLink | undefined {
      const row = find.get(functionId)
      if (!row) return undefined
      const { downloaded_at: downloadedAt, ...link } = row
      return { ...link, downloadedAt }
    },
    put: (functionId: number, link: StoredLink) => void put.run({ ...link, functionId }),
    remove: (functionId: number) => void remove.run(functionId),
  }
}

export type LinkRepository = ReturnType<typeof createLinkRepository>
