import type { Desktop } from './desktop.ts'

/** Presses an item of the native menu. */
export const choose = ({ app }: Desktop, ...labels: string[]) =>
  app.evaluate(({ Menu }, path) => {
    let menu = Menu.getApplicationMenu()
    for (const label of path.slice(0, -1)) {
      menu = menu?.items.find((item) => item.label.replace('&', '') === label)?.submenu ?? null
    }
    const item = menu?.items.find(({ label }) => label === path.at(-1))
    if (!item) throw new Error(`no such item: ${path.join(', ')}`)
    item.click()
  }, labels)
