/** Where a file is in the cache of Hugging Face: `models--org--repo/snapshots/<revision>/<inside>`. */
export type HubPlace = { repository: string; revision: string; inside: string }

/** The place of a path, written with slashes; null where it is not in such a cache. */
export function hubPlace(path: string): HubPlace | null {
  const [, id, revision, inside] = /(?:^|\/)models--([\w.-]+)\/snapshots\/([^/]+)\/(.+)$/.exec(path) ?? []
  if (id === undefined || revision === undefined || inside === undefined) return null
  // No part of a repository's name may have two hyphens in a row.
  const parts = id.split('--')
  return parts.length > 2 || parts.includes('') ? null : { repository: parts.join('/'), revision, inside }
}
