import type { ApiContext } from '../middleware/environment.ts'

/** Says how many matches there are, and where the next and previous pages are. */
export function tellPage(
  context: ApiContext,
  page: { count: number; total: number; capped?: boolean; cut?: boolean },
  query: { Offset?: number | undefined; Limit?: number | undefined },
): void {
  context.header('X-Pagination-Records', String(page.total))
  if (page.capped) context.header('X-Pagination-Capped', 'true')
  const { Limit: limit, Offset: offset = 0 } = query
  if (limit === undefined) return
  const links: string[] = []
  const end = offset + page.count
  const more = page.cut || (page.capped ? page.count === limit : end < page.total)
  if (more && page.count > 0) links.push(`<${pageAt(context, end)}>; rel="next"`)
  if (offset > 0) links.push(`<${pageAt(context, Math.max(0, offset - limit))}>; rel="prev"`)
  if (links.length > 0) context.header('Link', links.join(', '))
}

function pageAt(context: ApiContext, offset: number): string {
  const { pathname, searchParams } = new URL(context.req.url)
  searchParams.set('Offset', String(offset))
  return `${pathname}?${searchParams}`
}
