/** A place of a vector is a whole number from −MOST to MOST: half a byte. */
export const MOST = 7

/** Whole numbers as text, two a byte; what is greater than `MOST` is cut to it. Their count must be even. */
export function pack(values: Float32Array): string {
  const half = (at: number) => Math.max(-MOST, Math.min(MOST, values[at]!)) + MOST + 1
  let bytes = ''
  for (let i = 0; i < values.length; i += 2) bytes += String.fromCharCode(half(i) * 16 + half(i + 1))
  return btoa(bytes)
}

export function unpack(text: string): Int8Array {
  const bytes = atob(text)
  const values = new Int8Array(2 * bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i)
    values[2 * i] = (byte >> 4) - MOST - 1
    values[2 * i + 1] = (byte & 15) - MOST - 1
  }
  return values
}
