import type { Flow, Node, Trigger, WordsRef } from '../engine/book.ts'
import { routesOf } from './graph.ts'
import type { Line, Point } from './layout.ts'
import { layOut } from './layout.ts'
import { escapeXml, round, shorten, wrap } from './svg-text.ts'

/** Words by key, as in a book's data. */
type WordsByKey = Readonly<Record<string, readonly string[]>>

interface Card {
  id: string
  heading: string
  text: readonly string[]
  colour: string
}

const WIDTH = 236
const LINE_HEIGHT = 18
const TEXT_LINES = 3
const COLOURS = {
  say: '#eef4fb',
  ask: '#fff7e0',
  branch: '#f3eefb',
  call: '#e8f6ee',
  submit: '#e8f6ee',
  handoff: '#fdeaea',
  end: '#f0f0f0',
} satisfies Record<Node['type'], string>

/** One flow as a self-contained picture. */
export function drawFlow(flow: Flow, words: WordsByKey): string {
  const ids = [flow.start, ...Object.keys(flow.nodes).filter((id) => id !== flow.start)]
  const cards = ids.flatMap((id) => {
    const node = flow.nodes[id]
    return node ? [cardOf(id, node, words)] : []
  })
  const lines = ids.flatMap((id) => linesOf(flow, id, words))
  return draw(flow.title, cards, lines)
}

/** All flows: who calls whom, and what people say to come in. */
export function drawMap(flows: readonly Flow[], triggers: readonly Trigger[]): string {
  const cards = flows.map((flow): Card => {
    const entries = triggers.filter(({ action }) => action.type === 'start' && action.flow === flow.id)
    const phrases = entries.flatMap((trigger) => trigger.phrases.slice(0, 2)).slice(0, 4)
    const text = phrases.length === 0 ? [] : wrap(`Vào bằng: ${phrases.join(', ')}`, TEXT_LINES)
    return { id: flow.id, heading: flow.title, text, colour: flow.safety ? COLOURS.handoff : COLOURS.say }
  })
  const lines = flows.flatMap((flow) => {
    const called = Object.values(flow.nodes).flatMap((node) => (node.type === 'call' ? [node.flow] : []))
    return [...new Set(called)].map((to) => ({ from: flow.id, to, label: '' }))
  })
  return draw('Bản đồ các luồng', cards, lines)
}

function cardOf(id: string, node: Node, words: WordsByKey): Card {
  return {
    id,
    heading: `${kindOf(node)} · ${id}`,
    text: wrap(textOf(node, words), TEXT_LINES),
    colour: COLOURS[node.type],
  }
}

function kindOf(node: Node): string {
  switch (node.type) {
    case 'say':
      return 'Nói'
    case 'ask':
      return 'Hỏi'
    case 'branch':
      return 'Rẽ'
    case 'call':
      return 'Sang luồng'
    case 'submit':
      return 'Gửi phiếu'
    case 'handoff':
      return 'Chuyển người'
    case 'end':
      return 'Hết'
    default:
      return node satisfies never
  }
}

function textOf(node: Node, words: WordsByKey): string {
  switch (node.type) {
    case 'say':
    case 'ask':
      return firstWords(node.words, words)
    case 'branch':
      return 'fact' in node.on ? `theo điều đã biết: ${node.on.fact}` : `theo câu trả lời: ${node.on.answer}`
    case 'call':
      return node.flow
    case 'submit':
      return node.form
    case 'handoff':
      return `${node.reason} (${node.priority})`
    case 'end':
      return ''
    default:
      return node satisfies never
  }
}

function firstWords(ref: WordsRef, words: WordsByKey): string {
  if ('key' in ref) return (words[ref.key]?.[0] ?? `(thiếu ${ref.key})`).replaceAll('**', '').replaceAll('\n', ' ')
  return ref.topic === 'card' ? `thẻ của chủ đề {${ref.answer}}` : `bài dài của chủ đề {${ref.answer}}`
}

/** Several choices to one place become one line with all their labels. */
function linesOf(flow: Flow, id: string, words: WordsByKey): readonly Line[] {
  const node = flow.nodes[id]
  if (node === undefined) return []
  const labels = new Map<string, string[]>()
  for (const { route, to } of routesOf(id, node)) {
    if (!(to in flow.nodes)) continue
    labels.set(to, [...(labels.get(to) ?? []), labelOf(flow, id, node, route, words)])
  }
  return [...labels].map(([to, names]) => ({ from: id, to, label: names.filter((name) => name !== '').join(' · ') }))
}

function labelOf(flow: Flow, id: string, node: Node, route: string, words: WordsByKey): string {
  if (node.type === 'branch') return route === 'else' ? 'khác' : route
  if (node.type !== 'ask') return ''
  if (route === 'unknown') return 'không nhận ra'
  if (!node.choices.some((choice) => choice.id === route)) return 'trả lời'
  const key = 'key' in node.words ? node.words.key : `${flow.id}.${id}`
  return words[`${key}.${route}`]?.[0] ?? route
}

function draw(title: string, cards: readonly Card[], lines: readonly Line[]): string {
  const boxes = cards.map((card) => ({ id: card.id, width: WIDTH, height: heightOf(card) }))
  const layout = layOut(boxes, lines)
  const width = Math.ceil(Math.max(layout.width, 320))
  const height = Math.ceil(layout.height + 44)
  const paths = lines.map((_, i) => drawLine(layout.lines[i]!))
  const labels = placeLabels(lines, layout.lines)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 -44 ${width} ${height}" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>${escapeXml(title)}</title>
<defs><marker id="mui-ten" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#5b6b7b"/></marker></defs>
<rect y="-44" width="${width}" height="${height}" fill="#fff"/>
<text x="32" y="-14" font-size="20" font-weight="600" fill="#1d2a36">${escapeXml(title)}</text>
<g fill="none" stroke="#5b6b7b" stroke-width="1.3" marker-end="url(#mui-ten)">
${paths.map((path) => `<path d="${path}" marker-end="url(#mui-ten)"/>`).join('\n')}
</g>
${cards.map((card) => drawCard(card, layout.boxes.get(card.id)!)).join('\n')}
<g font-size="11.5" fill="#31404e" text-anchor="middle" stroke="#fff" stroke-width="4" paint-order="stroke">
${labels.join('\n')}
</g>
</svg>
`
}

function heightOf(card: Card): number {
  return 30 + card.text.length * LINE_HEIGHT + (card.text.length > 0 ? 6 : 0)
}

function drawCard(card: Card, { x, y }: Point): string {
  const height = heightOf(card)
  const left = x - WIDTH / 2
  const top = y - height / 2
  const text = card.text
    .map(
      (line, i) =>
        `<text x="${round(left + 12)}" y="${round(top + 40 + i * LINE_HEIGHT)}" fill="#31404e">${escapeXml(line)}</text>`,
    )
    .join('')
  return `<g><rect x="${round(left)}" y="${round(top)}" width="${WIDTH}" height="${height}" rx="8" fill="${card.colour}" stroke="#9fb0c0"/><text x="${round(left + 12)}" y="${round(top + 20)}" font-weight="600" fill="#1d2a36">${escapeXml(shorten(card.heading))}</text>${text}</g>`
}

function drawLine(points: readonly Point[]): string {
  const [first, ...rest] = points
  let path = `M${round(first!.x)} ${round(first!.y)}`
  let from = first!
  for (const to of rest) {
    const middle = (from.y + to.y) / 2
    path += `C${round(from.x)} ${round(middle)} ${round(to.x)} ${round(middle)} ${round(to.x)} ${round(to.y)}`
    from = to
  }
  return path
}

/** Each label near the start of its line, moved down where another already stands. */
function placeLabels(lines: readonly Line[], routes: readonly (readonly Point[])[]): readonly string[] {
  const taken: { x: number; y: number; width: number; height: number }[] = []
  return lines.flatMap((line, i) => {
    if (line.label === '') return []
    const [first, second] = routes[i]!
    const parts = wrap(line.label, TEXT_LINES)
    const width = Math.max(...parts.map((part) => part.length)) * 6.2
    const height = parts.length * 13
    const x = first!.x * 0.35 + second!.x * 0.65
    let y = first!.y * 0.4 + second!.y * 0.6
    const meets = () =>
      taken.some((one) => Math.abs(one.x - x) < (one.width + width) / 2 && y < one.y + one.height && one.y < y + height)
    for (let tries = 0; tries < 6 && meets(); tries++) y += 14
    taken.push({ x, y, width, height })
    const spans = parts.map((part, n) => `<tspan x="${round(x)}" dy="${n === 0 ? 0 : 13}">${escapeXml(part)}</tspan>`)
    return [`<text x="${round(x)}" y="${round(y)}">${spans.join('')}</text>`]
  })
}
