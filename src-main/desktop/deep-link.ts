/** The scheme of addresses that other programs open in this app: `model-cabinet://function/{uuid}`. */
export const LINK_SCHEME = 'model-cabinet'

/** The function that such an address names; undefined for every other. */
export function functionOfLink(link: string): string | undefined {
  const [, uuid] = /^model-cabinet:\/\/function\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i.exec(link) ?? []
  return uuid?.toLowerCase()
}

export const isLink = (word: string): boolean => word.toLowerCase().startsWith(`${LINK_SCHEME}:`)
