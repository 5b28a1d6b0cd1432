import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { spell, untilRung, waited } from './when.ts'

export interface TicketView {
  id: string
  reason: string
  priority: 'emergency' | 'urgent' | 'routine'
  kind: 'talk' | 'callback'
  channel: string
  /** What the person wishes to speak; null for Vietnamese. */
  language?: string | null
  point: string | null
  waitingMinutes: number
  /** Until the next rung is called; null when there is none. */
  rungMinutes: number | null
  /** While held: how long the person's last line waits before the hold ends; null when none waits. */
  answerMinutes: number | null
  /** Who answers now; null while it waits. */
  holder: { name: string; mine: boolean } | null
  /** This reader was asked to take it. */
  callsMe: boolean
  takenAt: number | null
  reachable: boolean
  callback: CallbackView | null
}

/** `cover`: what a caller does when somebody else picks up, so that a call gives nothing away. */
export interface CallbackView {
  phone: string
  /** The number shows only its end until this reader asks for it. */
  covered: boolean
  hours: string
  /** Is it a safe time to call at this minute; null when the person did not say. */
  safeNow: boolean | null
  cover: string
}

export const PRIORITY = { emergency: 'Khẩn cấp', urgent: 'Gấp', routine: 'Thường' } as const
const KIND = { talk: 'nhắn tin', callback: 'gọi lại' } as const

/** One line of a list: how serious, why, then how long, where and who. */
export function ticketItem(ticket: TicketView): Markup {
  return html`<li class="ticket ${ticket.priority}" data-key="${ticket.id}"><a href="/desk/tickets/${ticket.id}">
<span class="title"><span class="rank">${PRIORITY[ticket.priority]}</span> <b>${ticket.reason}</b></span>
${meta(ticket)}
</a></li>`
}

/** Priority and state in one quiet line. */
export function meta(ticket: TicketView): Markup {
  const parts = [
    waited(ticket.waitingMinutes),
    KIND[ticket.kind],
    ticket.channel,
    ticket.language ?? null,
    ticket.point,
  ]
  return html`<span class="meta">${parts.filter((part) => part !== null).join(' · ')}</span>
<span class="meta state">${stateOf(ticket)}</span>`
}

function stateOf({ holder, rungMinutes, callsMe, answerMinutes }: TicketView): Markup {
  if (holder?.mine)
    return html`<span class="mine">Bạn đang giữ</span>${answerMinutes === null ? '' : ` · cần trả lời trong ${spell(answerMinutes)}`}`
  if (holder) return html`${holder.name} đang giữ`
  return html`${callsMe ? html`<span class="mine">đang gọi bạn</span>` : 'chưa ai nhận'} · ${untilRung(rungMinutes)}`
}

/** A call to make: the number, when it is safe, and what to say if somebody else answers. */
export function callItem(ticket: TicketView, callback: CallbackView): Markup {
  return html`<li class="ticket call ${ticket.priority}" data-key="goi-${ticket.id}"><a href="/desk/tickets/${ticket.id}">
<span class="title"><span class="rank">${PRIORITY[ticket.priority]}</span> <b>${ticket.reason}</b></span>
${meta(ticket)}
</a>${callLine(callback, `/desk/tickets/${ticket.id}`)}</li>`
}

/**
 * @param path whose number it is
 * @param draft the form of a reply that is being written, whose words travel with the press
 */
export function callLine(callback: CallbackView, path: string, draft: string | null = null): Markup {
  const button = (inForm: Markup) =>
    html`<button class="second dial"${inForm} name="answer" value="phone">Hiện số ${callback.phone}</button>`
  const uncover =
    draft === null
      ? html`<form method="post" action="${path}/reveal">${button(html``)}</form>`
      : button(html` form="${draft}" formaction="${path}/reveal" formnovalidate`)
  const number = callback.covered
    ? uncover
    : html`<a class="button dial" href="tel:${callback.phone.replace(/[^\d+]/g, '')}">Gọi ${callback.phone}</a>`
  return html`<div class="callback">${number}
<p><b>Giờ an toàn:</b> ${callback.hours}${safety(callback.safeNow)}</p>
<p><b>Nếu người khác nghe máy:</b> ${callback.cover}</p>
<p><a class="more" href="${path}#lan-gap">Ghi kết quả cuộc gọi</a></p></div>`
}

function safety(now: boolean | null): Markup {
  if (now === null) return html``
  return now ? html` · <span class="mine">lúc này gọi được</span>` : html` · <b>lúc này chưa nên gọi</b>`
}
