import { type Ask, fromOption, type Naming, parseAnswer } from './answer.ts'
import type { Condition, Flow, Node, WordsRef } from './book.ts'
import type { Option } from './content.ts'
import type { AnswerRef } from './conversation.ts'
import { deskAt, pointsFor } from './fill.ts'
import { openTicket, serviceBroke } from './ticket.ts'
import { emit, flush, nextId, prose, say, type Turn } from './turn.ts'

/** More steps than this in one turn is a loop that the checks should have refused. */
const STEPS = 60

/** Begins a flow: on top of the present ones (`inside`), or instead of them. */
export function startFlow(turn: Turn, id: string, place: 'inside' | 'instead' = 'instead'): void {
  if (place === 'instead' && turn.state.session) emit(turn, { type: 'session_ended', reason: 'replaced' })
  if (!enter(turn, id)) return serviceBroke(turn, 'missing_flow')
  walk(turn)
}

function enter(turn: Turn, id: string): boolean {
  const flow = turn.book.flow(id)
  const runs = turn.state.session?.runs ?? []
  const again = runs.findIndex((run) => run.flow === id)
  // Two flows that call each other go round; they do not pile up.
  if (flow && again >= 0) emit(turn, { type: 'runs_replaced', runs: runs.slice(0, again) })
  if (flow) emit(turn, { type: 'run_started', flow: id, revision: flow.revision, node: flow.start })
  return flow !== undefined
}

/** Runs nodes until a question is asked or every run has ended. */
export function walk(turn: Turn): void {
  for (let step = 0; step < STEPS; step++) {
    const run = turn.state.session?.runs.at(-1)
    if (!run) {
      if (turn.state.session) emit(turn, { type: 'session_ended', reason: 'finished' })
      return flush(turn)
    }
    const place = locate(turn)
    if (!place) return
    if (doNode(turn, place.flow, run.node, place.node) === 'wait') return
  }
  serviceBroke(turn, 'too_many_steps')
}

/** The present node, after moving people out of a withdrawn or lost revision; undefined when they went to a human. */
export function locate(turn: Turn): { flow: Flow; node: Node } | undefined {
  const runs = turn.state.session?.runs ?? []
  const run = runs.at(-1)
  if (!run) return undefined
  const withdrawn = turn.book.withdrawn(run.flow, run.revision)
  const pinned = withdrawn ? undefined : turn.book.flow(run.flow, run.revision)
  const node = pinned?.nodes[run.node]
  if (pinned && node) return { flow: pinned, node }
  const current = turn.book.flow(run.flow)
  const target = withdrawn ? withdrawn.to[run.node] : run.node
  const moved = target === undefined ? undefined : current?.nodes[target]
  if (current && target !== undefined && moved) {
    emit(turn, { type: 'runs_replaced', runs: [...runs.slice(0, -1), { ...run, revision: current.revision, node: target }] })
    return { flow: current, node: moved }
  }
  serviceBroke(turn, 'flow_changed')
  return undefined
}

function doNode(turn: Turn, flow: Flow, id: string, node: Node): 'go' | 'wait' {
  switch (node.type) {
    case 'say':
      sayWords(turn, node.words)
      return move(turn, flow, id, 'next', node.next)
    case 'ask':
      sayWords(turn, node.words)
      ask(turn, flow, id, node)
      return 'wait'
    case 'branch': {
      const value = evaluate(turn, node.on)
      const to = value === null ? undefined : node.cases[value]
      return to === undefined ? move(turn, flow, id, 'else', node.else) : move(turn, flow, id, value!, to)
    }
    case 'call':
      move(turn, flow, id, 'next', node.next)
      if (!enter(turn, node.flow)) serviceBroke(turn, 'missing_flow')
      return turn.state.session ? 'go' : 'wait'
    case 'submit':
      return submit(turn, flow, id, node)
    case 'handoff':
      openTicket(turn, node.reason, node.priority)
      return move(turn, flow, id, 'next', node.next)
    case 'end':
      emit(turn, { type: 'run_ended', flow: flow.id })
      return 'go'
    default:
      return node satisfies never
  }
}

function move(turn: Turn, flow: Flow, node: string, route: string, to: string): 'go' {
  emit(turn, { type: 'moved', flow: flow.id, node, route, to })
  return 'go'
}

function submit(turn: Turn, flow: Flow, id: string, node: Extract<Node, { type: 'submit' }>): 'go' | 'wait' {
  if (node.form === 'erase') {
    const blocks = turn.blocks
    emit(turn, { type: 'contact_erased', receipt: turn.facts.receipt })
    turn.blocks = blocks
    say(turn, `${flow.id}.${node.next}`)
    flush(turn, [], 'conversation', 'receipt')
    return 'wait'
  }
  if (node.form === 'stop') emit(turn, { type: 'contact_stopped' })
  else if (node.form === 'resume') emit(turn, { type: 'contact_resumed' })
  else {
    const values: Record<string, AnswerRef> = {}
    for (const name of node.values) {
      const answer = turn.state.answers[name]
      if (answer) values[name] = answer
    }
    emit(turn, { type: 'form_submitted', id: nextId(turn), form: node.form, values, at: turn.at })
  }
  return move(turn, flow, id, 'next', node.next)
}

function sayWords(turn: Turn, words: WordsRef): void {
  if ('key' in words) return say(turn, words.key)
  const answer = turn.state.answers[words.answer]
  const topic = answer?.type === 'code' ? turn.book.topics.find((t) => t.id === answer.value) : undefined
  if (!topic) return say(turn, 'he-thong.chu-de-mat')
  say(turn, `topic.${topic.id}.${words.topic}`)
  const sources = topic.sources.map((id) => turn.book.source(id)).filter((title) => title !== undefined)
  if (words.topic === 'more' && sources.length > 0)
    turn.blocks.push({ key: 'he-thong.nguon', fills: { sources: { type: 'text', text: sources.slice(0, 4).join('; ') } } })
  const [year, month, day] = topic.asOf.split('-').map(Number)
  turn.blocks.push({
    key: topic.reviewedBy === null ? 'he-thong.chu-de-chua-duyet' : 'he-thong.chu-de-da-duyet',
    fills: { as_of: { type: 'text', text: `${day}/${month}/${year}` } },
  })
}

/** Waits for an answer, showing the flow's choices after those of its list. */
export function ask(turn: Turn, flow: Flow, id: string, node: Ask, listed: readonly Option[] = listOptions(turn, node)): void {
  const key = 'key' in node.words ? node.words.key : `${flow.id}.${id}`
  const own = node.choices.map((choice): Option => ({ id: choice.id, label: { type: 'words', key: `${key}.${choice.id}` } }))
  const options = [...listed, ...own]
  emit(turn, { type: 'asked', flow: flow.id, node: id, options })
  flush(turn, options)
}

function listOptions(turn: Turn, node: Ask): readonly Option[] {
  const source = node.from
  if (source === null) return []
  switch (source.list) {
    case 'points':
      return pointsFor(turn.state, turn.facts.directory)
        .slice(0, 7)
        .map((p) => ({ id: p.id, label: { type: 'point', id: p.id } }))
    case 'topics':
      return turn.book.topics
        .filter((t) => source.audience === null || t.audiences.includes(source.audience))
        .slice(0, 8)
        .map((t) => ({ id: t.id, label: { type: 'topic', id: t.id } }))
    default:
      return source satisfies never
  }
}

function evaluate(turn: Turn, on: Condition): string | null {
  if ('answer' in on) {
    const answer = turn.state.answers[on.answer]
    return answer?.type === 'code' ? answer.value : null
  }
  switch (on.fact) {
    case 'desk':
      return deskAt(turn.state, turn.facts.directory, turn.at).type
    case 'points': {
      const commune = turn.state.answers['commune']
      const near = turn.facts.directory.points.some((p) => commune?.type === 'code' && p.communes.includes(commune.value))
      return near ? 'yes' : 'no'
    }
    case 'ticket':
      return turn.state.ticket ? 'yes' : 'no'
    case 'stopped':
      return turn.state.stopped ? 'yes' : 'no'
    default:
      return on satisfies never
  }
}

/**
 * Takes a text or a pressed choice as the answer to the waiting question.
 * Returns false, with nothing said, when it is not one.
 */
export function takeAnswer(turn: Turn, text: string, pressed: Option | null, naming: Naming = 'whole'): boolean {
  const session = turn.state.session
  const place = session ? locate(turn) : undefined
  if (!session || !place || place.node.type !== 'ask') return false
  const { flow, node } = place
  const id = turn.state.session!.runs.at(-1)!.node
  const answer = pressed
    ? fromOption(pressed)
    : parseAnswer(node, session.options, text, { book: turn.book, directory: turn.facts.directory, at: turn.at }, naming)
  switch (answer.type) {
    case 'missed':
      return false
    case 'several':
      emit(turn, { type: 'answer_understood' })
      say(turn, 'he-thong.nhieu-noi')
      ask(turn, flow, id, node, answer.communes.map((commune) => ({ id: commune, label: { type: 'commune', id: commune } })))
      return true
    case 'unknown_place':
      if (node.unknown === null) return false
      emit(turn, { type: 'answer_understood' })
      move(turn, flow, id, 'unknown', node.unknown)
      walk(turn)
      return true
    case 'words': {
      const words = prose(turn, answer.text)
      if (node.save !== null)
        emit(turn, { type: 'answer_saved', name: node.save, answer: { type: 'words', id: words.id }, words })
      break
    }
    case 'code':
      if (node.save !== null && isAnswer(session.options, answer))
        emit(turn, { type: 'answer_saved', name: node.save, answer: { type: 'code', value: answer.value } })
      break
    default:
      answer satisfies never
  }
  const option = answer.type === 'code' ? answer.option : null
  const to = node.choices.find((choice) => choice.id === option)?.next ?? node.next
  if (to === null) return false
  emit(turn, { type: 'answer_understood' })
  const route = option !== null && node.choices.some((c) => c.id === option) ? option : 'next'
  move(turn, flow, id, route, to)
  walk(turn)
  return true
}

/** A choice beside a list ("xem điểm khác") is a way on, not a value of the list. */
function isAnswer(options: readonly Option[], answer: { value: string; option: string | null }): boolean {
  const listed = options.some((o) => o.label.type !== 'words')
  const chosen = options.find((o) => o.id === answer.option)
  return !(listed && chosen?.label.type === 'words')
}

/** Puts the waiting question again. False when nothing waits. */
export function askAgain(turn: Turn): boolean {
  const place = turn.state.session ? locate(turn) : undefined
  if (!place || place.node.type !== 'ask') return false
  const session = turn.state.session!
  const top = session.runs.at(-1)!
  sayWords(turn, place.node.words)
  emit(turn, { type: 'asked', flow: place.flow.id, node: top.node, options: session.options })
  flush(turn, session.options)
  return true
}
