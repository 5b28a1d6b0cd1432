import { labelText } from './choose.ts'
import type { Option } from './content.ts'
import type { InboundEvent } from './conversation.ts'
import { INTRODUCTION } from './event.ts'
import { askOther } from './join.ts'
import { askAgain } from './reply.ts'
import { samePhrase } from './text.ts'
import { emit, flush, say, type Turn } from './turn.ts'
import { readYesNo } from './yes-no.ts'

/** Letters without look-alikes, as they are drawn, and without marks: “ĐH muốn chết” is no code. */
const CODE = /^(?:M[AÃ]\s+)?[DĐ]H[-–\s]?([A-HJKMNP-Z2-9]{4})[-–\s]?([A-HJKMNP-Z2-9]{4})[.!]?$/
/** What a deep link into a chat begins with. */
export const SLIP_PAYLOAD = 'phieu-'

/** The eight letters of a slip's code, when a message is one and nothing else: `DH-ABCD-EFGH`. */
export function readSlipCode(text: string): string | null {
  const [, first, second] = CODE.exec(text.slice(0, 100).normalize('NFC').toUpperCase().trim()) ?? []
  return first === undefined || second === undefined ? null : first + second
}

const ANSWERS = { unknown: 'sai', used: 'da-dung', expired: 'het-han', throttled: 'thu-nhieu' } as const

/** A slip's code was sent: the person is asked once, or hears why it does not work. False where it is no code. */
export function hearSlip(turn: Turn, event: Extract<InboundEvent, { type: 'message' }>): boolean {
  const { slip } = turn.facts
  if (!slip || event.edited || readSlipCode(event.text) === null) return false
  if (turn.state.confirm) emit(turn, { type: 'confirm_cleared' })
  if (turn.state.linking) emit(turn, { type: 'link_settled' })
  if (!turn.state.introduced) say(turn, INTRODUCTION)
  if (slip.state !== 'open') {
    say(turn, `he-thong.phieu.${ANSWERS[slip.state]}`)
    flush(turn)
    return true
  }
  const chat = 'chat' in slip
  if (chat && slip.walkIn === turn.state.contact) {
    say(turn, 'he-thong.noi.chinh-minh')
    flush(turn)
    return true
  }
  const question = chat ? 'he-thong.noi.hoi' : 'he-thong.phieu.hoi'
  emit(turn, { type: 'link_asked', slip: slip.code, walkIn: slip.walkIn, ...(chat ? { chat } : {}) })
  say(turn, question)
  const options: Option[] = ['co', 'khong'].map((id) => ({ id, label: { type: 'words', key: `${question}.${id}` } }))
  flush(turn, options)
  return true
}

/**
 * The answer to that question. Anything else drops it and is read as usual, so that no later "1" joins anything; a slip
 * that was used or ended meanwhile joins nothing either.
 */
export function settleLinking(turn: Turn, event: Extract<InboundEvent, { type: 'message' }>): boolean {
  const { linking } = turn.state
  if (!linking) return false
  const typed = event.edited ? null : readAnswer(turn, event.text)
  emit(turn, { type: 'link_settled' })
  const [question, choice] = event.choice?.split('.') ?? []
  const pressed = question === String(linking.wait) ? choice === 'co' : null
  const meant = event.choice !== undefined ? pressed : typed
  if (meant === null) return false
  if (!meant) say(turn, 'he-thong.phieu.thoi')
  else link(turn, linking)
  if (!askAgain(turn)) flush(turn)
  return true
}

/** Yes or no, or the words of one of the two choices. */
function readAnswer({ book, facts, state }: Turn, text: string): boolean | null {
  const question = state.linking?.chat ? 'he-thong.noi.hoi' : 'he-thong.phieu.hoi'
  const label = (id: string) => labelText({ type: 'words', key: `${question}.${id}` }, book, facts.directory)
  if (samePhrase(label('khong'), text)) return false
  return samePhrase(label('co'), text) ? true : readYesNo(text)
}

function link(turn: Turn, { slip, walkIn }: { slip: string; walkIn: string }): void {
  const fact = turn.facts.slip
  if (fact?.state !== 'open' || fact.code !== slip)
    return say(turn, `he-thong.phieu.${fact && fact.state !== 'open' ? ANSWERS[fact.state] : 'sai'}`)
  if ('chat' in fact) {
    askOther(turn, slip, walkIn)
    return say(turn, 'he-thong.noi.cho-kenh-kia')
  }
  emit(turn, { type: 'chat_linked', slip, walkIn, at: turn.at })
  // Who gave the slip is asked first from now on, unless the person chose a place themselves.
  if (!turn.state.answers.point)
    emit(turn, { type: 'answer_saved', name: 'point', answer: { type: 'code', value: fact.point } })
  say(turn, 'he-thong.phieu.da-noi')
}
