import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const FORM = 1
const NONCE = 12
const TAG = 16

/** Keeps secrets of links: AES-256-GCM under a key that lies outside the database (contract.md 5). */
export type SecretBox = {
  /** `owner` is bound into the box: what is moved to another owner's row does not open. */
  seal(owner: string, secret: string): Uint8Array
  /** Null where the box was changed, or the key is not the one it was sealed with. */
  open(owner: string, box: Uint8Array): string | null
}

/** @param key 32 bytes */
export function createSecretBox(key: Uint8Array): SecretBox {
  return {
    seal(owner, secret) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(owner))
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), text])
    },
    open(owner, box) {
      if (box[0] !== FORM || box.length < 1 + NONCE + TAG) return null
      const nonce = box.subarray(1, 1 + NONCE)
      const tag = box.subarray(1 + NONCE, 1 + NONCE + TAG)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
        .setAAD(Buffer.from(owner))
        .setAuthTag(tag)
      try {
        const text = Buffer.concat([decipher.update(box.subarray(1 + NONCE + TAG)), decipher.final()])
        return text.toString('utf8')
      } catch {
        return null
      }
    },
  }
}
