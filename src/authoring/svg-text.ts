const CHARACTERS = 30

/** Text in lines that fit a box, at most so many. */
export function wrap(text: string, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < CHARACTERS) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1]!.slice(0, CHARACTERS - 3)} …`]
}

export function shorten(text: string, most = CHARACTERS - 3): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}
