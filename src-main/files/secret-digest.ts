import { createHash, timingSafeEqual } from 'node:crypto'

/** What is kept of a secret. One of 256 random bits needs no slow hash: nobody can try them all. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Whether a secret is that of a digest. The time tells nothing about how nearly it is. */
export function isSecretOf(secret: string, digest: Uint8Array): boolean {
  return timingSafeEqual(secretDigest(secret), digest)
}

/** The same for two secrets, of whatever length. */
export function sameSecret(left: string, right: string): boolean {
  return isSecretOf(left, secretDigest(right))
}
