/** A small layered layout: ranks by longest path, dummies on long edges, a few sweeps to untangle. */

export interface Box {
  id: string
  width: number
  height: number
}

export interface Line {
  from: string
  to: string
  label: string
}

export interface Point {
  x: number
  y: number
}

export interface Layout {
  width: number
  height: number
  /** The centre of each box. */
  boxes: ReadonlyMap<string, Point>
  /** Points from the edge of one box to the edge of the other, in the order of the lines. */
  lines: readonly (readonly Point[])[]
}

interface Cell {
  id: string
  width: number
  height: number
  rank: number
  x: number
}

interface Link {
  from: Cell
  to: Cell
}

const GAP_X = 36
const GAP_Y = 84
const MARGIN = 32
/** Lines that go back stand beside those that go on between the same boxes. */
const ASIDE = 28
const SWEEPS = 12

export function layOut(boxes: readonly Box[], lines: readonly Line[]): Layout {
  const backward = findBackward(boxes, lines)
  const forward = lines.map((line, i) => (backward.has(i) ? { ...line, from: line.to, to: line.from } : line))
  const ranks = rank(boxes, forward)
  const cells = new Map(boxes.map((box) => [box.id, { ...box, rank: ranks.get(box.id) ?? 0, x: 0 }]))
  const all: Cell[] = [...cells.values()]
  const links: Link[] = []
  const chains = forward.map((line) => chain(cells.get(line.from)!, cells.get(line.to)!, all, links))
  const rows = toRows(all)
  order(rows, links)
  const width = place(rows, links)
  const { tops, height } = stack(rows)
  const at = (cell: Cell): Point => ({ x: cell.x, y: (tops[cell.rank] ?? 0) + rowHeight(rows[cell.rank]) / 2 })
  const drawn = chains.map((cellsOfLine, i) => {
    const points = trace(cellsOfLine, at)
    return backward.has(i) ? points.reverse().map(({ x, y }) => ({ x: x + ASIDE, y })) : points
  })
  return { width, height, boxes: new Map([...cells].map(([id, cell]) => [id, at(cell)])), lines: drawn }
}

/** Lines that close a circle; they are laid out upside down. */
function findBackward(boxes: readonly Box[], lines: readonly Line[]): ReadonlySet<number> {
  const state = new Map<string, 'open' | 'done'>()
  const backward = new Set<number>()
  const visit = (id: string) => {
    state.set(id, 'open')
    lines.forEach((line, i) => {
      if (line.from !== id) return
      if (state.get(line.to) === 'open') backward.add(i)
      else if (!state.has(line.to)) visit(line.to)
    })
    state.set(id, 'done')
  }
  for (const box of boxes) if (!state.has(box.id)) visit(box.id)
  return backward
}

function rank(boxes: readonly Box[], lines: readonly Line[]): ReadonlyMap<string, number> {
  const ranks = new Map(boxes.map((box) => [box.id, 0]))
  for (let round = 0; round < boxes.length; round++) {
    let moved = false
    for (const { from, to } of lines) {
      const wanted = ranks.get(from)! + 1
      if (from !== to && ranks.get(to)! < wanted) {
        ranks.set(to, wanted)
        moved = true
      }
    }
    if (!moved) break
  }
  return ranks
}

function chain(from: Cell, to: Cell, all: Cell[], links: Link[]): readonly Cell[] {
  const cells = [from]
  for (let rank = from.rank + 1; rank < to.rank; rank++) {
    const dummy = { id: `${from.id}>${to.id}@${rank}`, width: 16, height: 0, rank, x: 0 }
    all.push(dummy)
    cells.push(dummy)
  }
  cells.push(to)
  for (let i = 1; i < cells.length; i++) links.push({ from: cells[i - 1]!, to: cells[i]! })
  return cells
}

function toRows(cells: readonly Cell[]): Cell[][] {
  const rows: Cell[][] = Array.from({ length: Math.max(0, ...cells.map((cell) => cell.rank)) + 1 }, () => [])
  for (const cell of cells) rows[cell.rank]!.push(cell)
  return rows
}

/** Each row in the order of the middle of its neighbours above, then below, a few times over. */
function order(rows: Cell[][], links: readonly Link[]): void {
  const seats = new Map<Cell, number>()
  const seat = (row: readonly Cell[]) => {
    for (const [i, cell] of row.entries()) seats.set(cell, (i + 0.5) / row.length)
  }
  rows.forEach(seat)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : [...rows].reverse()) {
      const middle = new Map(
        row.map((cell) => [
          cell,
          mean(neighbours(cell, links, down), (other) => seats.get(other)!) ?? seats.get(cell)!,
        ]),
      )
      row.sort((a, b) => middle.get(a)! - middle.get(b)!)
      seat(row)
    }
  }
}

/** Boxes drift towards their neighbours without ever overlapping. */
function place(rows: readonly (readonly Cell[])[], links: readonly Link[]): number {
  for (const row of rows) {
    let x = 0
    for (const cell of row) {
      cell.x = x + cell.width / 2
      x += cell.width + GAP_X
    }
  }
  for (let sweep = 0; sweep < SWEEPS * 2; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = row.map((cell) => mean(neighbours(cell, links, down), (other) => other.x) ?? cell.x)
      settle(row, wanted)
    }
  }
  const cells = rows.flat()
  const left = Math.min(...cells.map((cell) => cell.x - cell.width / 2))
  for (const cell of cells) cell.x += MARGIN - left
  return Math.max(...cells.map((cell) => cell.x + cell.width / 2)) + MARGIN
}

/** As near as possible to where each wants to stand: pushed apart from the left and from the right, then halfway. */
function settle(row: readonly Cell[], wanted: readonly number[]): void {
  const apart = (a: Cell, b: Cell) => (a.width + b.width) / 2 + GAP_X
  const fromLeft: number[] = []
  row.forEach((cell, i) => {
    fromLeft.push(i === 0 ? wanted[0]! : Math.max(wanted[i]!, fromLeft[i - 1]! + apart(row[i - 1]!, cell)))
  })
  const fromRight = [...wanted]
  for (let i = row.length - 2; i >= 0; i--) {
    fromRight[i] = Math.min(wanted[i]!, fromRight[i + 1]! - apart(row[i]!, row[i + 1]!))
  }
  row.forEach((cell, i) => {
    cell.x = (fromLeft[i]! + fromRight[i]!) / 2
  })
}

function stack(rows: readonly (readonly Cell[])[]): { tops: readonly number[]; height: number } {
  const tops: number[] = []
  let y = MARGIN
  for (const row of rows) {
    tops.push(y)
    y += rowHeight(row) + GAP_Y
  }
  return { tops, height: y - GAP_Y + MARGIN }
}

function rowHeight(row: readonly Cell[] | undefined): number {
  return Math.max(0, ...(row ?? []).map((cell) => cell.height))
}

function trace(cells: readonly Cell[], at: (cell: Cell) => Point): Point[] {
  return cells.map((cell, i) => {
    const { x, y } = at(cell)
    if (i === 0) return { x, y: y + cell.height / 2 }
    return { x, y: i === cells.length - 1 ? y - cell.height / 2 : y }
  })
}

function neighbours(cell: Cell, links: readonly Link[], above: boolean): readonly Cell[] {
  return links.flatMap((link) => {
    if (above) return link.to === cell ? [link.from] : []
    return link.from === cell ? [link.to] : []
  })
}

function mean<T>(items: readonly T[], value: (item: T) => number): number | undefined {
  return items.length === 0 ? undefined : items.reduce((sum, item) => sum + value(item), 0) / items.length
}
