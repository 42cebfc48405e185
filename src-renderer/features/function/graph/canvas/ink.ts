import type { Ink } from './paint.ts'

const names = {
  line: '--ink-3',
  accent: '--accent',
  fill: '--background',
  group: '--sunken',
  end: '--accent-soft',
  frame: '--line-strong',
  plain: '--ink-3',
  heavy: '--type-float',
  control: '--type-integer',
} as const

/** The theme's colours as they are for an element now. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  const colour = (name: keyof typeof names) => style.getPropertyValue(names[name])
  return {
    line: colour('line'),
    accent: colour('accent'),
    fill: colour('fill'),
    group: colour('group'),
    end: colour('end'),
    frame: colour('frame'),
    plain: colour('plain'),
    heavy: colour('heavy'),
    control: colour('control'),
  }
}
