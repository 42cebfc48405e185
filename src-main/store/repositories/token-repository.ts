import type { Database } from 'better-sqlite3'
import type { Scope } from '../../../src-contract/contract/admin/caller.ts'
import type { Token } from '../../../src-contract/contract/admin/token.ts'

/** A token and the digest of its secret. `first` is the one that lies in the token file. */
export type StoredToken = Token & { secretSha256: string; first: boolean }

type Row = {
  uuid: string
  name: string
  scope: Scope
  secret_sha256: string
  first: number
  inserted_at: string
  last_used_at: string | null
  revoked_at: string | null
}

/** Rows of `token`. */
export function createTokenRepository(database: Database) {
  const all = database.prepare<[], Row>('SELECT * FROM token ORDER BY first DESC, inserted_at, uuid')
  const insert = database.prepare<[string, string, Scope, string, number, string]>(
    'INSERT INTO token (uuid, name, scope, secret_sha256, first, inserted_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const revoke = database.prepare<[string, string]>(
    'UPDATE token SET revoked_at = ? WHERE uuid = ? AND revoked_at IS NULL',
  )
  const use = database.prepare<[string, string]>('UPDATE token SET last_used_at = ? WHERE uuid = ?')
  return {
    list: (): StoredToken[] =>
      all.all().map((row) => ({
        UUID: row.uuid,
        Name: row.name,
        Scope: row.scope,
        InsertedAt: row.inserted_at,
        LastUsedAt: row.last_used_at,
        RevokedAt: row.revoked_at,
        secretSha256: row.secret_sha256,
        first: row.first === 1,
      })),
    insert(token: Pick<StoredToken, 'UUID' | 'Name' | 'Scope' | 'InsertedAt' | 'secretSha256' | 'first'>): void {
      insert.run(token.UUID, token.Name, token.Scope, token.secretSha256, token.first ? 1 : 0, token.InsertedAt)
    },
    revoke: (uuid: string, at: string): boolean => revoke.run(at, uuid).changes === 1,
    use(uuid: string, at: string): void {
      use.run(at, uuid)
    },
  }
}

export type TokenRepository = ReturnType<typeof createTokenRepository>
