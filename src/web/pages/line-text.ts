import { html } from 'hono/html'
import type { ChatLine } from '../chat-room.ts'
import type { Markup } from './layout.ts'

/** A run of text that is plain, bold, or an emergency number to be called by a tap. */
export interface Segment {
  text: string
  bold: boolean
  call: boolean
}

const BOLD = /\*\*([^*]+)\*\*/
const NUMBERS = /(\d+(?:[ .,/-]\d+)*)/
const EMERGENCY = /^11[1345](?:[ .,/-]11[1345])*$/
const NO_CALL_AFTER = /[^\s(“"‘'.,:;/–-]$|(?:điều|khoản|mục|luật)\s*$/i
const NO_CALL_BEFORE = /^(?:[\p{L}_%]|\s*(?:%|nghìn|ngàn|triệu|tỷ|đồng|người|ngày|giờ|phút|mg|ml)(?!\p{L}))/iu

/** Finds what is bold (only in reviewed words) and what is an emergency number rather than a sum, a date or an article. */
export function segments(text: string, markup: boolean): readonly Segment[] {
  const parts = markup ? text.split(BOLD) : [text]
  return parts.flatMap((part, i) => {
    const bold = i % 2 === 1
    const runs = part.split(NUMBERS)
    return runs.flatMap((run, j) =>
      isCall(run, runs[j - 1] ?? '', runs[j + 1] ?? '')
        ? run.split(/([ .,/-])/).map((piece, k) => ({ text: piece, bold, call: k % 2 === 0 }))
        : run === ''
          ? []
          : [{ text: run, bold, call: false }],
    )
  })
}

function isCall(run: string, before: string, after: string): boolean {
  return EMERGENCY.test(run) && !NO_CALL_AFTER.test(before) && !NO_CALL_BEFORE.test(after)
}

/** A line as paragraphs: what was typed is escaped by the template, and the bot's words alone may be bold. */
export function paragraphs(line: { from: ChatLine['from']; text: string }): readonly Markup[] {
  return line.text
    .split(/\n{2,}/)
    .map((text) => html`<p>${line.from === 'you' ? text : segments(text, line.from === 'bot').map(inline)}</p>`)
}

function inline(segment: Segment): Markup {
  const text = segment.call ? html`<a href="tel:${segment.text}">${segment.text}</a>` : html`${segment.text}`
  return segment.bold ? html`<b>${text}</b>` : text
}

const HOURS_AHEAD_OF_UTC = 7 * 3_600_000

/** Lines of one speaker within ten minutes share one heading. */
export function follows(line: ChatLine, before: ChatLine | undefined): boolean {
  return before !== undefined && before.from === line.from && line.at - before.at < 600_000
}

/** 14:30, with the day in front when it is not today's, as clocks in Vietnam show it. */
export function clock(at: number, now: number): string {
  const iso = new Date(at + HOURS_AHEAD_OF_UTC).toISOString()
  const time = iso.slice(11, 16)
  const today = new Date(now + HOURS_AHEAD_OF_UTC).toISOString().slice(0, 10) === iso.slice(0, 10)
  return today ? time : `${time} ${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`
}
