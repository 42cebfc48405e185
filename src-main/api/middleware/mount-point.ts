/** `/cpt` where the request came by it, so that links stay under the client's base path (contract.md 1). */
export function mountPoint(path: string): string {
  return path.startsWith('/cpt/') ? '/cpt' : ''
}
