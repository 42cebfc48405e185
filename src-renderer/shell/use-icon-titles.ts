import { useEffect } from 'react'

/** Buttons whose words have no room (theme/mantine.css) say them when they are pointed at. */
export function useIconTitles(): void {
  useEffect(() => {
    document.addEventListener('pointerover', titleIcon)
    return () => document.removeEventListener('pointerover', titleIcon)
  }, [])
}

function titleIcon({ target }: PointerEvent): void {
  if (!(target instanceof Element)) return
  const button = target.closest<HTMLElement>('.mantine-Button-root[data-with-left-section]')
  const label = button?.querySelector('.mantine-Button-label')
  if (!button || !label) return
  const words = button.getAttribute('aria-label') ?? label.textContent
  if (getComputedStyle(label).position === 'absolute') button.title ||= words
  else if (button.title === words) button.removeAttribute('title')
}
