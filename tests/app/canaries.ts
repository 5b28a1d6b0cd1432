/** Every form in which a text could lie in a file or a log without being seen by a plain search. */
export function disguises(text: string): readonly Buffer[] {
  const forms = new Set([text, text.normalize('NFC'), text.normalize('NFD'), text.toLowerCase(), text.toUpperCase()])
  return [...forms].flatMap((form) => {
    const utf16 = Buffer.from(form, 'utf16le')
    return [Buffer.from(form), utf16, Buffer.from(utf16).swap16()].flatMap((raw) => [
      raw,
      ...base64(raw),
      Buffer.from(raw.toString('hex')),
      Buffer.from(raw.toString('hex').toUpperCase()),
      Buffer.from(encodeURIComponent(form)),
      Buffer.from(JSON.stringify(form).slice(1, -1)),
      Buffer.from(escaped(form)),
    ])
  })
}

/** A number as a database or a buffer would hold it. */
export function numberDisguises(value: number): readonly Buffer[] {
  const big = Buffer.alloc(8)
  big.writeBigInt64BE(BigInt(value))
  const little = Buffer.from(big).reverse()
  const float = Buffer.alloc(8)
  float.writeDoubleBE(value)
  return [big.subarray(2), little.subarray(0, 6), float]
}

/** Base64 in its three alignments and two alphabets, without the ends that depend on the neighbours. */
function base64(raw: Buffer): readonly Buffer[] {
  return [0, 1, 2].flatMap((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), raw])
    const whole = padded.toString('base64').replace(/=+$/, '')
    const inner = whole.slice(shift === 0 ? 0 : shift + 1, whole.length - 1)
    return [Buffer.from(inner), Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_'))]
  })
}

function escaped(text: string): string {
  return [...text]
    .map((c) => (c.charCodeAt(0) > 126 ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c))
    .join('')
}
