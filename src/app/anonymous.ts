import type { Book, Flow } from '../engine/book.ts'

const REVISION = 'anonymous'

/**
 * The book for a place where identifiable data may not go: a flow that asks for a phone number, or for a yes to keeping anything, says so and ends,
 * everything else is as it was.
 */
export function anonymousBook(book: Book): Book {
  const safe = (flow: Flow | undefined) => (flow && identifies(flow) ? refusal(flow) : flow)
  return {
    ...book,
    flow: (id, revision) => safe(book.flow(id, revision === REVISION ? undefined : revision)),
  }
}

function identifies(flow: Flow): boolean {
  return Object.values(flow.nodes).some(
    (node) => node.type === 'ask' && (node.answer === 'phone' || node.consent !== undefined),
  )
}

function refusal({ id, title, safety }: Flow): Flow {
  const nodes: Flow['nodes'] = {
    'khong-o-day': { type: 'say', words: { key: 'he-thong.khong-o-day' }, next: 'het' },
    het: { type: 'end' },
  }
  return { id, title, safety, revision: REVISION, start: 'khong-o-day', nodes }
}
