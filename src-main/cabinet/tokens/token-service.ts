import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Caller, Scope } from '../../../src-contract/contract/admin/caller.ts'
import { Problem } from '../../../src-contract/contract/admin/problem.ts'
import type { NewToken, Token } from '../../../src-contract/contract/admin/token.ts'
import { type FolderKeys, openFolderKeys } from '../../files/folder-key.ts'
import { isSecretOf, secretDigest } from '../../files/secret-digest.ts'
import { readSecretFile, writeSecretFile } from '../../files/secret-file.ts'
import type { StoredToken, TokenRepository } from '../../store/repositories/token-repository.ts'
import type { ChangeLog } from '../kernel/change-log.ts'
import { now } from '../kernel/change-log.ts'

export type TokenService = {
  /** Path of the file (mode 0600) that holds the first token. */
  readonly tokenFile: string
  /** Who a secret belongs to; null where it is unknown or revoked. Compared in constant time. */
  authenticate(secret: string): (Caller & { uuid: string }) | null
  /** The secret is in this answer and nowhere else. */
  create(caller: Caller, request: { Name: string; Scope: Scope }): NewToken
  list(): Token[]
  /** @throws Problem `not-found`; `conflict` for the first token, which is replaced by removing its file. */
  revoke(caller: Caller, uuid: string): void
  /** Who a token is by its UUID, for signed tokens that name one (`/auth`); null where it is unknown or revoked. */
  find(uuid: string): (Caller & { uuid: string }) | null
  /** UUID of the token with this secret; null as in `authenticate`. */
  identify(secret: string): string | null
  /** The keys of the data folder. */
  readonly key: FolderKeys
}

/** A token's last use is written down at most this often, in ms: reading must not cost a write each time. */
const USE_EVERY = 60_000

type Options = { dataDirectory: string; changeLog: ChangeLog; tokens: TokenRepository }

/** Makes the first token at first start, and again where its file is gone. */
export function createTokenService({ dataDirectory, changeLog, tokens }: Options): TokenService {
  const tokenFile = join(dataDirectory, 'token')
  const key = openFolderKeys(dataDirectory)
  const written = new Map<string, number>()
  let known: StoredToken[] = tokens.list()
  ensureFirst()

  function insert(
    caller: string,
    name: string,
    scope: Token['Scope'],
    secret: string,
    kind: 'first' | 'further',
  ): Token {
    const token = { UUID: randomUUID(), Name: name, Scope: scope, InsertedAt: now(), LastUsedAt: null, RevokedAt: null }
    changeLog.change((record) => {
      tokens.insert({ ...token, secretSha256: secretDigest(secret).toString('hex'), first: kind === 'first' })
      const summary = `Created the token “${name}” with scope ${scope}`
      const change = [
        { Field: 'Name', Before: null, After: name },
        { Field: 'Scope', Before: null, After: scope },
      ]
      record({ kind: 'token.created', uuid: token.UUID, by: caller, summary, change })
    })
    known = tokens.list()
    return token
  }

  function withdraw(caller: string, { UUID, Name }: Token): void {
    const at = now()
    changeLog.change((record) => {
      tokens.revoke(UUID, at)
      const change = [{ Field: 'RevokedAt', Before: null, After: at }]
      record({ kind: 'token.revoked', uuid: UUID, by: caller, summary: `Revoked the token “${Name}”`, change })
    })
    known = tokens.list()
  }

  /** The first token is the one in the file: who removes the file gets a new one, who puts one there is believed. */
  function ensureFirst(): void {
    let secret = readSecretFile(tokenFile)?.toString('utf8').trim() ?? ''
    const matching = match(secret)
    if (matching?.first) return
    for (const old of known) if (old.first && old.RevokedAt === null) withdraw('cabinet', old)
    if (matching || secret.length < 32) {
      secret = newSecret()
      writeSecretFile(tokenFile, `${secret}\n`)
    }
    insert('cabinet', 'first token', 'admin', secret, 'first')
  }

  /** Looks at every token, so that the time tells nothing about which one nearly matched. */
  function match(secret: string): StoredToken | undefined {
    let found: StoredToken | undefined
    for (const token of known) {
      const same = isSecretOf(secret, Buffer.from(token.secretSha256, 'hex'))
      if (same && token.RevokedAt === null) found = token
    }
    return found
  }

  function noteUse(uuid: string): void {
    const at = Date.now()
    if (at - (written.get(uuid) ?? 0) < USE_EVERY || !changeLog.writeLock.isFree()) return
    written.set(uuid, at)
    try {
      changeLog.change(() => tokens.use(uuid, now()))
    } catch {
      // A full disk must not keep a reader out.
    }
  }

  return {
    tokenFile,
    key,
    authenticate(secret) {
      const token = match(secret)
      if (!token) return null
      noteUse(token.UUID)
      return { ...toCaller(token), uuid: token.UUID }
    },
    identify: (secret) => match(secret)?.UUID ?? null,
    find(uuid) {
      const token = known.find(({ UUID, RevokedAt }) => UUID === uuid && RevokedAt === null)
      if (!token) return null
      noteUse(uuid)
      return { ...toCaller(token), uuid }
    },
    create(caller, { Name, Scope }) {
      const secret = newSecret()
      return { ...insert(caller.name, Name, Scope, secret, 'further'), Secret: secret }
    },
    list: () => tokens.list().map(({ secretSha256: _, first: __, ...token }) => token),
    revoke(caller, uuid) {
      const token = known.find(({ UUID, RevokedAt }) => UUID === uuid && RevokedAt === null)
      if (!token) throw new Problem('not-found', 'There is no valid token with this UUID.', { uuid })
      if (token.first) {
        const sentence = `The first token cannot be revoked here: delete ${tokenFile} and start the cabinet again to get a new one.`
        throw new Problem('conflict', sentence, { uuid })
      }
      withdraw(caller.name, token)
    },
  }
}

function newSecret(): string {
  return `mc_${randomBytes(32).toString('base64url')}`
}

function toCaller({ Name, Scope }: Token): Caller {
  return { name: Name, scope: Scope }
}
