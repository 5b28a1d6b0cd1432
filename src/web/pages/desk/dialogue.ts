import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { clock, paragraphs } from '../line-text.ts'

/** Here `you` is the person; `note` never leaves the desk. */
export interface DeskLine {
  id: string
  from: 'you' | 'bot' | 'human' | 'note'
  /** Who wrote it: a name of staff, the bot, or the person. */
  who: string
  text: string
  at: number
  /** What came instead of words, and the recording to listen to. */
  media?: string | null
  voice?: { href: string | null; words: string } | null | undefined
  delivery: { words: string; trouble: boolean; again: boolean } | null
}

/** The talk so far, the bot's part before the human's, with the notes between where they were written. */
export function dialogue(lines: readonly DeskLine[], path: string, now: number): Markup {
  return html`<ol class="dialogue" id="loi" data-list>${lines.map((line) => lineItem(line, path, now))}</ol>`
}

/** The way to what was said before the first line shown. */
export function olderLines(path: string, older: number | null): Markup {
  return older === null ? html`` : html`<p><a class="back" href="${path}?truoc=${older}">Xem các dòng cũ hơn</a></p>`
}

function lineItem(line: DeskLine, path: string, now: number): Markup {
  const from = line.from === 'note' ? 'human' : line.from
  return html`<li class="${line.from}" data-key="${line.id}"><p class="meta"><b>${line.who}</b>${line.from === 'note' ? ' ghi chú riêng, người nhắn không thấy' : ''} <time datetime="${new Date(line.at).toISOString()}">${clock(line.at, now)}</time></p>
${line.media ? html`<p class="small">${line.media}</p>` : ''}${voiceOf(line)}
<div class="words">${line.from === 'note' ? plain(line.text) : paragraphs({ from, text: line.text })}</div>
${line.delivery === null ? '' : deliveryLine(line, path)}</li>`
}

/** Listening is a request of its own, and is noted as one. */
function voiceOf({ voice }: DeskLine): Markup {
  if (!voice) return html``
  return voice.href === null
    ? html`<p class="small">${voice.words}</p>`
    : html`<p class="voice"><audio controls preload="none" src="${voice.href}"></audio> <a class="small" href="${voice.href}">${voice.words}</a></p>`
}

function plain(text: string): readonly Markup[] {
  return text.split(/\n{2,}/).map((part) => html`<p>${part}</p>`)
}

function deliveryLine({ id, delivery }: DeskLine, path: string): Markup {
  const { words, trouble, again } = delivery!
  return html`<div class="${trouble ? 'delivery trouble' : 'delivery'}"><span class="meta">${words}</span>${
    again
      ? html`<form method="post" action="${path}/resend"><input type="hidden" name="line" value="${id}"><button class="second">Gửi lại?</button></form>`
      : ''
  }</div>`
}
