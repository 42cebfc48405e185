/** What must be the same for a picture to fit where the page will draw the same. */
export type Look = { width: number; height: number; maximized: boolean; dark: boolean; scale: number }

/** A JPEG in base64, as wide as the page in its own pixels, which the zoom changes. */
export type StartUpPicture = { look: Look; jpeg: string; width: number }

/** Bytes. A larger one, of a very large screen, would keep the page waiting for what is to shorten the wait. */
export const LARGEST = 3_000_000

export const isSameLook = (one: unknown, other: Look): boolean => JSON.stringify(one) === JSON.stringify(other)

/**
 * The picture as an element of the page; empty where the text is damaged, foreign or of another look. It is put into the page as it
 * is: nothing but base64 and a number may come through. Checked by hand, as in window-bounds.ts.
 */
export function seenElement(text: string, wanted: Look): string {
  try {
    const { look, jpeg, width }: Partial<Record<keyof StartUpPicture, unknown>> = JSON.parse(text)
    const isPicture = typeof jpeg === 'string' && jpeg.length <= LARGEST * 1.4 && /^[A-Za-z0-9+/]+=*$/.test(jpeg)
    if (isSameLook(look, wanted) && isPicture && typeof width === 'number' && width > 0 && width < 100_000)
      return `<img id="last-seen" alt="" elementtiming="last-seen" decoding="sync" width="${width}" src="data:image/jpeg;base64,${jpeg}">`
  } catch {
    // Half a file, or none of ours.
  }
  return ''
}
