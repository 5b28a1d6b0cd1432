import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface VisitView {
  reader: Reader
  path: string
  formId: string
  when: string
  code: string
  facts: readonly (readonly [name: string, value: string])[]
  /** The talk or the record of the person. */
  person: { href: string; words: string } | null
  /** Still ahead or not marked yet. */
  open: boolean
  confirmed: boolean
  begun: boolean
  trouble: string | null
  mute: MuteView | null
  message: string | null
  done: string | null
}

export interface MuteView {
  reasons: readonly Choice[]
  /** Why nothing unasked is sent to them; null where it may be. */
  muted: string | null
}

/** One appointment and everything that can be done with it. */
export function visitPage(view: VisitView): Markup {
  const { path, formId, facts, person, trouble } = view
  return deskPage({
    reader: view.reader,
    tab: 'visits',
    self: null,
    main: html`<div class="two"><div>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.when}</h1>
<dl class="answers">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${trouble === null ? '' : html`<p class="notice" role="note">Chưa nhắc được: ${trouble}. Nên gọi nếu người ấy có để lại số.</p>`}
${person === null ? '' : html`<p><a class="more" href="${person.href}">${person.words}</a></p>`}
${view.open ? html`<p><a class="more" href="${path}/lich.ics">Tải vào lịch máy (.ics)</a></p>` : ''}
</div>
<aside class="side" aria-label="Việc với lịch này">${view.open ? actions(view) : ''}${view.mute === null ? '' : muteForm(path, formId, view.mute)}</aside></div>`,
  })
}

function actions({ path, formId, confirmed, begun }: VisitView): Markup {
  const press = (verb: string, label: string, extra: Markup | '' = '') =>
    html`<form method="post" action="${path}/${verb}"><input type="hidden" name="id" value="${formId}">${extra}<button class="second">${label}</button></form>`
  const mark = (as: string, label: string) => press('mark', label, html`<input type="hidden" name="as" value="${as}">`)
  const move = html`<p><a class="button" href="/desk/lich/moi?doi=${encodeURIComponent(path.split('/').at(-1)!)}">Đổi lịch</a></p>`
  const cancel = html`<details><summary>Huỷ lịch</summary><p class="small">Người ấy được nhắn là lịch này huỷ vì phía mình.</p>${press('cancel', 'Huỷ lịch này')}</details>`
  if (begun)
    return html`<h2>Có đến không?</h2>${mark('attended', 'Đã đến')}${mark('missed', 'Không đến')}${mark('unknown', 'Không rõ')}
<p class="small">“Không đến” mở một việc tìm hiểu cho người thật; máy không nhắn gì thêm, trừ khi điểm đã bật một lời hỏi nhẹ.</p>${move}`
  return html`<h2>Việc với lịch này</h2>${move}${confirmed ? '' : press('confirm', 'Người ấy nói sẽ đến')}${cancel}`
}

/** Nothing unasked goes to somebody muted; what they ask for is answered as ever. */
export function muteForm(path: string, formId: string, { reasons, muted }: MuteView): Markup {
  if (muted !== null)
    return html`<section><h2>Tin tự gửi: đang tắt</h2><p class="small">Lý do: ${muted}. Máy vẫn trả lời khi người ấy nhắn.</p>
<form method="post" action="${path}/unmute"><input type="hidden" name="id" value="${formId}-mo"><button class="second">Bật lại</button></form></section>`
  return html`<details id="tat-tin"><summary>Tắt tin tự gửi</summary>
<form method="post" action="${path}/mute"><input type="hidden" name="id" value="${formId}-tat">
<p class="small">Không nhắc lịch, không thông báo nào nữa. Máy vẫn trả lời khi người ấy nhắn.</p>
${choice({ name: 'reason', label: 'Lý do', of: reasons })}
<button class="second">Tắt tin tự gửi</button></form></details>`
}

/** The appointments of one person, beside a talk or in a record. */
export function visitLinks(view: {
  query: string
  visits: readonly { id: string; when: string; state: string }[]
  mayBook: boolean
  /** What stands about a club: where they are, or that they may be invited; null: nothing this reader may see. */
  club: { words: string; mayInvite: boolean } | null
  /** Their request, or the way to write one down; null: nothing this reader may see. */
  request: { href: string | null; words: string } | null
  /** Introductions that go on; null: nothing this reader may see. */
  referrals: readonly { id: string; words: string }[] | null
}): Markup {
  const { visits, query, mayBook, club, request, referrals } = view
  if (visits.length === 0 && !mayBook && !club && !request && !referrals) return html``
  return html`<p><a class="more" href="/desk/nguoi?${query}">Trang của người này</a></p>
${request ? html`<p><a class="more" href="${request.href ?? html`/desk/dang-ky/moi?${query}`}">${request.words}</a></p>` : ''}
<details id="lich-hen"${visits.length > 0 ? html` open` : ''}><summary>Lịch hẹn${club ? ' và câu lạc bộ' : ''}</summary>
${visits.length === 0 ? html`<p class="small">Chưa có lịch nào.</p>` : html`<ul class="plain">${visits.map(({ id, when, state }) => html`<li><a class="more" href="/desk/lich/${id}">${when}</a> <span class="meta">${state}</span></li>`)}</ul>`}
${mayBook ? html`<p><a class="button" href="/desk/lich/moi?${query}">Đặt lịch hẹn</a></p><p><a class="more" href="/desk/moc?${query}">Giai đoạn và mốc hỏi thăm</a></p><p><a class="more" href="/desk/dong-hanh/nguoi?${query}">Người đồng hành, nhìn lại theo tháng</a></p>` : ''}
${club ? html`<p>${club.words}${club.mayInvite ? html` <a class="more" href="/desk/clb/nguoi?${query}">Mời vào câu lạc bộ</a>` : ''}</p>` : ''}
${referrals ? html`${referrals.map((one) => html`<p><a class="more" href="/desk/gioi-thieu/${one.id}">${one.words}</a></p>`)}<p><a class="more" href="/desk/gioi-thieu/moi?${query}">Giới thiệu đến nơi khác</a></p>` : ''}</details>`
}
