import { groupedNumber } from '../../../../src-contract/words/human-number.ts'

/** A value as a person reads it: whole numbers grouped, others to four digits. Words such as `NaN` stay as they are. */
export function figureText(value: number | string | boolean): string {
  if (typeof value !== 'number') return String(value).replace(/^-/, '−')
  const size = Math.abs(value)
  const text =
    Number.isInteger(value) && size < 1e15
      ? groupedNumber(size)
      : size >= 1e-3 && size < 1e6
        ? String(Number(size.toPrecision(4)))
        : size.toExponential(2).replace('e+', 'e').replace('e-', 'e−')
  return value < 0 ? `−${text}` : text
}

/** `12 (1.2 %)`, of all. */
export function shareText(count: number, all: number): string {
  if (count === 0 || all === 0) return groupedNumber(count)
  const share = (count / all) * 100
  return `${groupedNumber(count)} (${share < 0.1 ? 'under 0.1' : share >= 99.95 && count < all ? '99.9' : Number(share.toPrecision(share < 10 ? 2 : 3))} %)`
}
