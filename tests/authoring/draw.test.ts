import { describe, expect, test } from 'vitest'
import { compileBook } from '../../src/authoring/compile.ts'
import { readDraft } from '../../src/authoring/draft.ts'
import { drawFlow, drawMap } from '../../src/authoring/draw.ts'
import { layOut } from '../../src/authoring/layout.ts'
import { bookFiles, CHAO_WORDS } from './good-book.ts'

const data = compileBook(
  readDraft(bookFiles({ 'content/vi/chao.md': CHAO_WORDS.replace('hỏi cho ai?', 'hỏi cho <ai> & ai?') })),
)
const chao = data.flows.find((flow) => flow.id === 'chao')!

describe('a picture of a flow', () => {
  test('shows every node, its first words and the labels of its choices', () => {
    const svg = drawFlow(chao, data.words.vi)
    for (const id of Object.keys(chao.nodes)) expect(svg).toContain(`· ${id}<`)
    expect(svg).toContain('Cho người thân')
    expect(svg).toContain('Chào {bạn}, đây là Đồng Hành.')
  })

  test('is one self-contained file in which no text can become markup', () => {
    const svg = drawFlow(chao, data.words.vi)
    expect(svg).toContain('&lt;ai&gt; &amp; ai?')
    expect(svg).not.toMatch(/href|url\((?!#)|<script|@import/)
  })

  test('is the same each time it is drawn', () => {
    expect(drawFlow(chao, data.words.vi)).toBe(drawFlow(chao, data.words.vi))
  })
})

test('the map shows all flows and how people come in', () => {
  const svg = drawMap(data.flows, data.triggers)
  for (const flow of data.flows) expect(svg).toContain(flow.title)
  expect(svg).toContain('Vào bằng: gặp người')
})

test('boxes never overlap, also when lines go back', () => {
  const ids = Array.from({ length: 14 }, (_, i) => `n${i}`)
  const boxes = ids.map((id, i) => ({ id, width: 200, height: 40 + (i % 3) * 20 }))
  const lines = ids.flatMap((from, i) =>
    [i * 2 + 1, i * 2 + 2, i - 5].flatMap((to) => (ids[to] ? [{ from, to: ids[to], label: '' }] : [])),
  )
  const { boxes: at } = layOut(boxes, lines)
  for (const a of boxes) {
    for (const b of boxes.filter((other) => other.id > a.id)) {
      const [p, q] = [at.get(a.id)!, at.get(b.id)!]
      const apart = Math.abs(p.x - q.x) >= 200 || Math.abs(p.y - q.y) >= (a.height + b.height) / 2
      expect(apart, `${a.id} and ${b.id}`).toBe(true)
    }
  }
})
