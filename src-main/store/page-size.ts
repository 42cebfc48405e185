/** Bytes that a page of a list has at most, unless a single row is larger. */
export const PAGE_BYTES = 8 * 1024 * 1024

/** The first rows that fit into a page. */
export function fittingPage<Row>(rows: Iterable<Row>, sizeOf: (row: Row) => number): { rows: Row[]; cut: boolean } {
  const fitting: Row[] = []
  let size = 0
  for (const row of rows) {
    size += sizeOf(row)
    if (size > PAGE_BYTES && fitting.length > 0) return { rows: fitting, cut: true }
    fitting.push(row)
  }
  return { rows: fitting, cut: false }
}
