import type { UseNavigateResult } from '@tanstack/react-router'

/** Puts the caret into the search box, from whatever screen. */
export function focusSearch(navigate: UseNavigateResult<string>): void {
  const box = () => document.querySelector<HTMLInputElement>('#search')
  const field = box()
  if (field) {
    field.focus()
    field.select()
  } else void navigate({ to: '/', search: {} }).then(() => requestAnimationFrame(() => box()?.focus()))
}
