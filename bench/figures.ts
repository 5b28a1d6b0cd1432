/** Median and spread of a handful of runs. */
export interface Figure {
  median: number
  low: number
  high: number
  runs: number
}

export function figure(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, low: sorted[0]!, high: sorted.at(-1)!, runs: sorted.length }
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

export function short(value: number): string {
  return value >= 100 ? whole(value) : value.toPrecision(3).replace(/\.?0+$/, '')
}

/** `12,345 (11,900–12,800)`. */
export function spread(one: Figure, print: (value: number) => string = whole): string {
  return `${print(one.median)} (${print(one.low)}–${print(one.high)})`
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A goal and whether it was met, in words. */
export function goal(text: string, met: boolean): string {
  return `${met ? 'met' : '**not met**'}: ${text}`
}
