/** Text that may stand in a page as it is. */
export type Html = { readonly text: string }

/** A template whose values are escaped, unless they are Html themselves. */
export function html(parts: TemplateStringsArray, ...values: (Html | string | number | undefined)[]): Html {
  return { text: String.raw({ raw: parts }, ...values.map(asText)) }
}

export const raw = (text: string): Html => ({ text })

export const join = (pieces: Html[]): Html => raw(pieces.map(({ text }) => text).join('\n'))

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function asText(value: Html | string | number | undefined): string {
  if (typeof value === 'object') return value.text
  return String(value ?? '').replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
