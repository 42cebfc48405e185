/** Zeros pack about 1,000 to 1, weights hardly at all; below `smallestBomb` bytes unpacking does no harm. */
const largestRatio = 200
const smallestBomb = 64 * 1024 * 1024

/** Whether what unpacks from so many bytes to so many is made to fill a disk rather than to hold a model. */
export function isZipBomb(packed: number, unpacked: number): boolean {
  return unpacked > smallestBomb && unpacked > packed * largestRatio
}
