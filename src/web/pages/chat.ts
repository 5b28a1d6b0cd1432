import { html } from 'hono/html'
import { ENTRANCE_OF_CONTEST } from '../../engine/quiz/contest.ts'
import { type ChatChoice, type ChatLine, CONTEST_CHOICE, FIRST_CHOICES } from '../chat-room.ts'
import { layout, type Markup, top } from './layout.ts'
import { clock, follows, paragraphs } from './line-text.ts'
import { noticeInFull, noticeInShort, type Operator } from './notice.ts'

export interface ChatView {
  operator: Operator
  lines: readonly ChatLine[]
  /** True once this visitor has written: the script then listens for answers. */
  open: boolean
  /** There is an appointment to be taken into the calendar of the phone. */
  calendar: boolean
  /** A fresh uuid for the forms of this page. */
  formId: string
  now: number
  leaveTo: string
  /** What went wrong with the last form, and the words that must not be lost with it. */
  problem?: { message: string; draft: string }
  /** The code of a printed slip that led here, to be sent by a press: opening a page joins nothing. */
  slip?: string
  /** The code on the paper that led here, sent along with the first message. */
  entrance: string | null
}

/** The whole chat, complete without JavaScript; the script only makes it live. */
export function chatPage(view: ChatView): Markup {
  const { lines } = view
  const newest = lines.at(-1)
  const begun = lines.length > 0
  const offered = !begun ? FIRST_CHOICES : newest && newest.from !== 'you' ? (newest.choices ?? []) : []
  const choices = view.entrance?.startsWith(ENTRANCE_OF_CONTEST) ? [CONTEST_CHOICE, ...offered] : offered
  return layout({
    kind: 'chat',
    script: true,
    body: html`${top({ leaveTo: view.leaveTo, skipTo: { href: '#text', label: 'Đến ô nhắn tin' } })}
<main class="column" id="chat" data-after="${newest?.id ?? ''}" data-open="${view.open ? 'yes' : 'no'}"${tells(view) === null ? '' : html` data-vao="${view.entrance}"`}>
${view.slip === undefined ? '' : html`<p role="status">Mã trên phiếu đã điền sẵn ở ô nhắn. Bấm <b>Gửi</b> để dùng mã; máy sẽ hỏi lại một lần.</p>`}
${begun ? foldedNotice(view.operator) : welcome(view.operator)}
<div id="log" role="log" aria-live="polite" aria-label="Cuộc trò chuyện"><ol class="lines">${lines.map((line, i) => lineItem(line, lines[i - 1], view.now))}</ol></div>
<form class="choices${begun ? '' : ' first'}" id="choices" method="post" action="/chat" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">${came(view)}${begun ? '' : html`<p>Hôm nay bạn cần gì?</p>`}${choices.map(choiceButton)}</form>
${begun ? '' : html`<details id="more"><summary>Đọc thêm trước khi nhắn</summary>${noticeInFull()}</details>`}
<p class="trouble" id="trouble" role="alert">${view.problem?.message ?? ''}</p>
<p class="fresh"><a id="fresh" href="/chat?xem=${view.formId.slice(0, 8)}#cuoi">Xem tin mới</a></p>
${view.calendar ? html`<p><a href="/chat/lich.ics" download>Lưu lịch của bạn vào máy</a></p>` : ''}
<div id="cuoi"></div>
</main>
<form class="composer" id="composer" method="post" action="/chat" autocomplete="off">
<a class="newer" id="newer" href="#cuoi" hidden>Có tin mới ↓</a>
<div class="column row">
<input type="hidden" name="id" value="${view.formId}">${came(view)}
<label class="unseen" for="text">Tin nhắn của bạn</label>
<textarea id="text" name="text" rows="1" maxlength="8000" placeholder="Bạn muốn nói gì?" spellcheck="false" enterkeyhint="send">${view.problem?.draft ?? view.slip ?? ''}</textarea>
<button class="send">Gửi</button>
</div>
</form>`,
  })
}

/** Only the first message says by which door somebody came; to a contest one may come later too. */
function tells({ entrance, lines }: ChatView): string | null {
  return lines.length === 0 || entrance?.startsWith(ENTRANCE_OF_CONTEST) ? entrance : null
}

function came(view: ChatView): Markup {
  const entrance = tells(view)
  return entrance === null ? html`` : html`<input type="hidden" name="vao" value="${entrance}">`
}

function welcome(operator: Operator): Markup {
  return html`<h1>Chào bạn</h1>
${noticeInShort(operator)}`
}

/** Once talking, the notice steps back but stays one tap away. */
function foldedNotice(operator: Operator): Markup {
  return html`<h1 class="unseen">Trò chuyện</h1>
<details><summary>Ai đọc được tin này, điều gì không giữ kín được</summary>${noticeInShort(operator)}${noticeInFull()}</details>`
}

const WHO = { bot: 'Máy trả lời', human: 'Người tư vấn', you: 'Bạn' } as const

function lineItem(line: ChatLine, before: ChatLine | undefined, now: number): Markup {
  const next = follows(line, before) ? ' next' : ''
  return html`<li class="line ${line.from}${next}" data-id="${line.id}"><p class="who">${WHO[line.from]} <time datetime="${new Date(line.at).toISOString()}">${clock(line.at, now)}</time></p><div class="text">${paragraphs(line)}${line.voice ? html`<audio controls preload="none" src="/chat/voice/${line.id}"></audio>` : ''}</div></li>`
}

function choiceButton(choice: ChatChoice): Markup {
  return html`<button name="choice" value="${choice.id}">${choice.label}</button>`
}
