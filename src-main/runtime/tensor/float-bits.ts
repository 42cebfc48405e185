const scratch = new DataView(new ArrayBuffer(4))

/** The value of 16 bits read as IEEE 754 binary16. */
export function float16FromBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The nearest binary16 to the value, ties to even, in 16 bits; overflow gives infinity. */
export function float16ToBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  // 65520 lies half-way between the largest finite value and the next step, and half-way goes to even.
  if (size >= 65520) return sign | 0x7c00
  // Below the smallest normal value steps keep their size.
  const exponent = Math.max(-14, exponentOf(size))
  const steps = roundToEven(size / 2 ** (exponent - 10))
  // Steps of a normal value count its leading bit, which adds one to the exponent field; a carry adds another.
  return sign | (((exponent + 14) << 10) + steps)
}

/** The exponent of the greatest power of two up to the value. */
function exponentOf(size: number): number {
  const guess = Math.floor(Math.log2(size))
  return size < 2 ** guess ? guess - 1 : guess
}

/** The value of 16 bits read as bfloat16: the upper half of a binary32. */
export function bfloat16FromBits(bits: number): number {
  scratch.setUint32(0, bits << 16)
  return scratch.getFloat32(0)
}

/** The nearest bfloat16 to the value, ties to even, in 16 bits. */
export function bfloat16ToBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff
}

function roundToEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1
  return rest < 0.5 ? floor : floor + 1
}
