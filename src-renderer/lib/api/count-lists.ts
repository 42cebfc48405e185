import { operations } from '../../../src-contract/operations/operations.ts'
import { call } from './client.ts'

type Filters = Readonly<Record<string, string>>
type Waiting = { filters: Filters; resolve: (count: number) => void; reject: (error: unknown) => void }

/** The most lists that one request counts. */
const AT_ONCE = 100

let waiting: Waiting[] = []

/** How many functions pass the filters. All who ask in the same moment are answered by one request. */
export function countList(filters: Filters): Promise<number> {
  if (waiting.length === 0) setTimeout(() => void askAll())
  return new Promise((resolve, reject) => waiting.push({ filters, resolve, reject }))
}

async function askAll(): Promise<void> {
  const all = waiting
  waiting = []
  for (let at = 0; at < all.length; at += AT_ONCE) await answer(all.slice(at, at + AT_ONCE))
}

async function answer(asked: Waiting[]): Promise<void> {
  try {
    const counts = await call(operations.countFunctions, { body: { Lists: asked.map(({ filters }) => filters) } })
    for (const [index, { Count }] of counts.entries()) asked[index]?.resolve(Count)
  } catch (error) {
    for (const { reject } of asked) reject(error)
  }
}
