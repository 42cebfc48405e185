import { Uuid } from '../../src-contract/identifiers.ts'

/** The scheme of addresses that other programs open in this app: `model-cabinet://function/{uuid}`. */
export const LINK_SCHEME = 'model-cabinet'

/** The function that such an address names; undefined for every other. */
export function functionOfLink(link: string): string | undefined {
  const [, uuid] = /^model-cabinet:\/\/function\/([^/?#]+)\/?$/i.exec(link) ?? []
  const checked = Uuid.safeParse(uuid?.toLowerCase())
  return checked.success ? checked.data : undefined
}

export const isLink = (word: string): boolean => word.toLowerCase().startsWith(`${LINK_SCHEME}:`)
