import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { clock } from '../line-text.ts'
import { type ContactDraft, contactForm } from './contact-form.ts'
import { type DeskLine, dialogue } from './dialogue.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import { type CallbackView, callLine } from './ticket-row.ts'

/** A record in a list: nothing the person said. */
export interface WalkInItem {
  id: string
  code: string
  point: string
  at: number
  /** When to call next, in words. */
  call: string
  linked: boolean
}

export interface WalkInView {
  reader: Reader
  item: WalkInItem
  path: string
  formId: string
  /** The name they wished, how they speak of themselves, a language, as written down. */
  called: string | null
  pronoun: string | null
  language: string | null
  by: string
  callback: CallbackView | null
  never: boolean
  lines: readonly DeskLine[]
  slip: { at: number; until: string } | null
  chats: readonly { channel: string; at: number; ticket: string | null }[]
  draft: ContactDraft
  recording: boolean
  today: string
  nextWords: string
  mayErase: boolean
  /** Their appointments, and the way to a new one. */
  visits: Markup
  now: number
  message: string | null
  done: string | null
}

/** Those who came by, the newest first. */
export function walkInsPage(view: {
  reader: Reader
  items: readonly WalkInItem[]
  total: number
  page: number
  pages: number
  mayRegister: boolean
  now: number
  done: string | null
}): Markup {
  const { items, total, page, pages, now } = view
  return deskPage({
    reader: view.reader,
    tab: 'people',
    self: '/desk/people',
    main: html`${notice(view.done, 'done')}<h1>Khách đến <span class="count">${total}</span></h1>
<p class="small">Người đến trực tiếp, chưa có kênh nhắn. Tên và số chỉ hiện khi mở hồ sơ; mỗi lần mở đều được ghi lại.</p>
${view.mayRegister ? html`<p><a class="button" href="/desk/people/new">Ghi người mới đến</a></p>` : ''}
${items.length === 0 ? html`<p class="small">Chưa có ai.</p>` : html`<ul class="tickets">${items.map((one) => walkInItem(one, now))}</ul>`}
${pages > 1 ? html`<p>${page > 1 ? html`<a class="more" href="/desk/people?trang=${page - 1}">Trang trước</a> ` : ''}Trang ${page}/${pages}${page < pages ? html` <a class="more" href="/desk/people?trang=${page + 1}">Trang sau</a>` : ''}</p>` : ''}`,
  })
}

function walkInItem(one: WalkInItem, now: number): Markup {
  return html`<li class="ticket"><a href="/desk/people/${one.id}"><span class="title"><b>Khách ${one.code}</b></span>
<span class="meta">${one.point} · ghi lúc ${clock(one.at, now)}</span>
<span class="meta state">${one.linked ? html`<span class="mine">đã nối</span> · ` : ''}${one.call}</span></a></li>`
}

/** A call to make to one of them, in the daily list. */
export function walkInCall(one: WalkInItem, callback: CallbackView | null): Markup {
  return html`<li class="ticket call" data-key="khach-${one.id}"><a href="/desk/people/${one.id}">
<span class="title"><b>Khách ${one.code}</b></span><span class="meta">${one.point} · ${one.call}</span></a>
${callback === null ? html`<p class="small">Không còn giữ số.</p>` : callLine(callback, `/desk/people/${one.id}`)}</li>`
}

/** The record of one of them, and everything that can be done with it. */
export function walkInPage(view: WalkInView): Markup {
  const { item, path, now } = view
  const facts = [
    ['Gọi là', view.called ?? 'không để tên'],
    ['Xưng là', view.pronoun ?? 'chưa rõ'],
    ...(view.language === null ? [] : [['Ngôn ngữ', view.language]]),
    ['Điểm', item.point],
    ['Gọi lại', item.call],
    ['Người ghi', `${view.by}, ${clock(item.at, now)}`],
  ]
  return deskPage({
    reader: view.reader,
    tab: 'people',
    self: path,
    main: html`<div class="two"><div>${notice(view.done, 'done')}${notice(view.message)}
<h1>Khách ${item.code}${item.linked ? html` <span class="mine">đã nối</span>` : ''}</h1>
<dl class="answers">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${view.never ? html`<p class="notice" role="note">Người này đã xin <b>đừng gọi</b>. Số không còn trong danh sách gọi.</p>` : view.callback === null ? html`<p class="small">Không để số điện thoại.</p>` : callLine(view.callback, path)}
<h2>Lịch sử liên lạc</h2>
${view.lines.length === 0 ? html`<p class="small">Chưa ghi lần nào.</p>` : dialogue(view.lines, path, now)}
</div>
<aside class="side" aria-label="Việc khác">
${contactForm({ path, formId: view.formId, draft: view.draft, open: view.recording, today: view.today, nextWords: view.nextWords })}
${view.visits}
${slipPart(view)}
${chatsPart(view)}
${view.mayErase ? erasePart(view) : ''}
</aside></div>`,
  })
}

function slipPart({ path, formId, slip, now }: WalkInView): Markup {
  return html`<details id="phieu"><summary>Phiếu nối cuộc nhắn</summary>
<p class="small">Phiếu chỉ có chữ “Đồng Hành”, một mã và hình QR. Ai cầm phiếu cũng dùng được một lần, nên đưa tận tay.</p>
${slip === null ? html`<p class="small">Chưa có phiếu nào đang dùng được.</p>` : html`<p class="small">Phiếu in lúc ${clock(slip.at, now)}, dùng được đến ${slip.until}. In phiếu mới thì phiếu này hết dùng được.</p>`}
<form method="post" action="${path}/slip"><input type="hidden" name="id" value="${formId}-phieu"><button class="second">${slip === null ? 'In phiếu' : 'In phiếu mới'}</button></form>
${slip === null ? '' : html`<form method="post" action="${path}/withdraw"><input type="hidden" name="id" value="${formId}"><button class="second">Thu lại phiếu</button></form>`}</details>`
}

function chatsPart({ path, formId, chats, now }: WalkInView): Markup {
  if (chats.length === 0) return html``
  return html`<details id="da-noi" open><summary>Đã nối</summary>
<p class="small">Ai đó cầm phiếu đã gửi mã và đồng ý nối. Hãy hỏi lại cho chắc là đúng người trước khi nhắc chuyện cũ.</p>
<ul>${chats.map(({ channel, at, ticket }) => html`<li>${channel}, ${clock(at, now)}${ticket === null ? ' · chưa có cuộc đang mở' : html` · <a class="more" href="/desk/tickets/${ticket}">Mở cuộc đang chờ</a>`}</li>`)}</ul>
<form method="post" action="${path}/unlink"><input type="hidden" name="id" value="${formId}-noi"><button class="second">Gỡ nối</button></form></details>`
}

function erasePart({ path, formId }: WalkInView): Markup {
  return html`<details id="xoa"><summary>Xoá hồ sơ</summary>
<form method="post" action="${path}/erase"><input type="hidden" name="id" value="${formId}-xoa">
<p class="small">Xoá hẳn tên, số, ghi chú; không lấy lại được. Cuộc nhắn đã nối (nếu có) thuộc về người ấy: họ tự xoá bằng cách gõ XOÁ.</p>
<label class="check"><input type="checkbox" name="wish" value="yes"> Người này muốn xoá</label>
<button class="second">Xoá hồ sơ</button></form></details>`
}

/** The receipt of an erasure, to be written down for the person. */
export function erasedPage(reader: Reader, receipt: string | null): Markup {
  return deskPage({
    reader,
    tab: 'people',
    self: '/desk/people',
    main: html`<div class="desk-one"><h1>Đã xoá</h1>
${receipt === null ? html`<p>Hồ sơ này đã được xoá. Mã biên nhận chỉ hiện một lần ngay sau khi xoá.</p>` : html`<p>Mã biên nhận, đưa cho người ấy nếu họ muốn:</p><p class="codes"><b>${receipt}</b></p><p class="small">Mã không dẫn về ai; nó chỉ chứng tỏ đã có một lần xoá.</p>`}
<p><a class="button" href="/desk/people">Về Khách đến</a></p></div>`,
  })
}
