const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const sameYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const otherYear = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric' })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' })

/** How long ago, short enough for a column: now, 5 min, 2 h, 3 d, 12 Oct, Oct 2025. */
export function ago(timestamp: string, now = new Date()): string {
  const then = new Date(timestamp)
  const passed = now.getTime() - then.getTime()
  if (passed < MINUTE) return 'now'
  if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min`
  if (passed < DAY) return `${Math.floor(passed / HOUR)} h`
  if (passed < 30 * DAY) return `${Math.floor(passed / DAY)} d`
  return (then.getFullYear() === now.getFullYear() ? sameYear : otherYear).format(then)
}

/** "today 09:41", "12 Oct 09:41", "Oct 2025". */
export function moment(timestamp: string, now = new Date()): string {
  const then = new Date(timestamp)
  if (then.toDateString() === now.toDateString()) return `today ${clock.format(then)}`
  if (then.getFullYear() === now.getFullYear()) return `${sameYear.format(then)} ${clock.format(then)}`
  return otherYear.format(then)
}

/** The whole date and time, for hovering. */
export const wholeMoment = (timestamp: string): string => full.format(new Date(timestamp))
