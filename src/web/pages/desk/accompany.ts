import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface AccompanyItem {
  id: string
  /** A code instead of a name. */
  code: string
  facts: readonly string[]
  /** The day to ask after them has come. */
  due: boolean
  assigned: boolean
}

/** Who has a supporter at the reader's points, whom to ask after, and who was asked and has not answered. */
export function accompanyPage(view: {
  reader: Reader
  items: readonly AccompanyItem[]
  /** Counts for these points: with a supporter, and of them asked after in the last 30 days. */
  counts: { assigned: number; recent: number; offered: number }
  /** Home, or in a club, and nobody walks beside them; `href` null: they are not to be reached by a page now. */
  alone: readonly { code: string; href: string | null }[]
  formId: string
  today: string
  mayWrite: boolean
  message: string | null
  done: string | null
}): Markup {
  const { items, counts } = view
  const due = items.filter((one) => one.due)
  const rest = items.filter((one) => !one.due && one.assigned)
  const offered = items.filter((one) => !one.assigned)
  const list = (of: readonly AccompanyItem[]) => html`<ul class="tickets">${of.map((one) => item(one, view))}</ul>`
  return deskPage({
    reader: view.reader,
    tab: 'accompany',
    self: null,
    main: html`${notice(view.done, 'done')}${notice(view.message)}<h1>Đồng hành <span class="count">${counts.assigned}</span></h1>
<p class="small">${counts.assigned} người đang có người đồng hành, ${counts.recent} người được hỏi thăm trong 30 ngày qua; ${counts.offered} người chưa trả lời. Đây là sổ để hỏi thăm, không phải danh sách quản lý: không ghi ai dùng hay không dùng.</p>
<p><a class="more" href="/desk/nguoi-do-dau">Người đồng hành và mỗi người đang đi cùng mấy người</a></p>
<h2>Đến hẹn hỏi thăm <span class="count">${due.length}</span></h2>
${due.length === 0 ? html`<p class="small">Hôm nay chưa đến hẹn ai.</p>` : list(due)}
${rest.length === 0 ? '' : html`<h2>Những ngày tới</h2>${list(rest)}`}
${offered.length === 0 ? '' : html`<h2>Đã hỏi, chưa trả lời</h2>${list(offered)}`}
${view.alone.length === 0 ? '' : html`<h2>Chưa có người đồng hành <span class="count">${view.alone.length}</span></h2><p class="small">Hội viên câu lạc bộ và người đã về. Ai không muốn thì thôi.</p><ul class="plain">${view.alone.map(({ code, href }) => html`<li>${href === null ? html`${code} <span class="meta">hỏi khi người ấy nhắn lại hay đến sinh hoạt</span>` : html`<a class="more" href="${href}">${code}</a>`}</li>`)}</ul>`}
${items.length === 0 ? html`<p class="small">Giới thiệu người đồng hành từ trang của một cuộc nhắn hay hồ sơ khách, mục “Lịch hẹn”.</p>` : ''}`,
  })
}

function item(one: AccompanyItem, view: { formId: string; today: string; mayWrite: boolean }): Markup {
  const met = html`<details><summary>Ghi đã hỏi thăm</summary><form method="post" action="/desk/dong-hanh/${one.id}/gap"><input type="hidden" name="id" value="${view.formId}-${one.id}">
<p class="field"><label for="on-${one.id}">Ngày nói chuyện được</label><input id="on-${one.id}" name="on" type="date" value="${view.today}" max="${view.today}" required></p><button class="second">Ghi</button></form></details>`
  return html`<li class="visit"><a href="/desk/dong-hanh/nguoi?dh=${one.id}"><span class="title"><b>${one.code}</b></span><span class="meta">${one.facts.join(' · ')}</span></a>${one.assigned && view.mayWrite ? met : ''}</li>`
}
