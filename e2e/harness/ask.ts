import type { Page } from '@playwright/test'

/** One request to the API as the window makes it. @returns the body of the answer */
export async function ask(page: Page, method: 'GET' | 'PATCH' | 'POST', path: string, body?: object): Promise<unknown> {
  const text = await page.evaluate(
    async ([verb, asked, json]) => {
      const headers = { 'Content-Type': 'application/json' }
      if (window.cabinet) {
        const request = { id: `ask ${asked}`, method: verb, path: asked, headers }
        return (await window.cabinet.request(json === undefined ? request : { ...request, body: json })).body
      }
      return (await fetch(asked, { method: verb, headers, body: json ?? null })).text()
    },
    [method, path, body && JSON.stringify(body)] as const,
  )
  return JSON.parse(text)
}
