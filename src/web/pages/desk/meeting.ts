import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface MeetingView {
  reader: Reader
  path: string
  club: { href: string; name: string }
  formId: string
  when: string
  state: string
  facts: readonly (readonly [name: string, value: string])[]
  /** People on its list by what they said, for the time before. */
  answers: readonly (readonly [answer: string, names: readonly string[]])[]
  /** Attendance can be written down now; null: not yet, or not any more. */
  attendance: { places: readonly { id: string; name: string; answer: string; as: string }[] } | null
  done: string | null
  message: string | null
  came: readonly string[]
  away: readonly string[]
  others: number
  note: string
  /** Words for a group chat, which name nobody; what in them would tell a stranger. */
  copy: string | null
  telling: readonly string[]
  mayAnnounce: boolean
  mayChange: boolean
}

/** One meeting: who said what before, who came on the day, and the words to paste into a group. */
export function meetingPage(view: MeetingView): Markup {
  const { path, formId } = view
  const press = (verb: string, label: string) =>
    html`<form method="post" action="${path}/${verb}"><input type="hidden" name="id" value="${formId}-${verb}"><button class="second">${label}</button></form>`
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`<p><a class="back" href="${view.club.href}">← ${view.club.name}</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.when}</h1><p class="small">${view.state}</p>
${view.attendance === null ? '' : attendance(view, view.attendance)}
${view.came.length + view.away.length === 0 ? '' : html`<h2>Đã ghi</h2><p><b>Có mặt ${view.came.length}${view.others > 0 ? ` và ${view.others} khách` : ''}:</b> ${view.came.join(', ') || 'chưa có ai'}.</p><p><b>Vắng ${view.away.length}</b>${view.away.length === 0 ? '' : `: ${view.away.join(', ')}`}.</p>`}
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${view.answers.map(([answer, names]) => html`<p><b>${answer} ${names.length}:</b> ${names.join(', ')}.</p>`)}
${view.mayAnnounce ? press('bao', 'Báo cho hội viên ngay') : ''}
${view.copy === null ? '' : html`<h2 id="nhom">Sao chép cho nhóm Zalo</h2>${view.telling.length === 0 ? '' : html`<p class="notice" role="note">Lời này có chữ làm lộ chuyện của người đọc: ${view.telling.map((one) => `“${one}”`).join(', ')}. Sửa nội dung buổi trước khi dán.</p>`}<p class="field"><label for="loi-nhom" class="small">Lời này không nhắc tên ai</label><textarea id="loi-nhom" rows="6" readonly data-copy>${view.copy}</textarea></p>`}
${view.mayChange ? html`<p class="row"><a class="button" href="${path}/sua">Đổi giờ, chỗ</a></p><details><summary>Huỷ buổi này</summary><p class="small">Ai đã được mời đều được báo là buổi không còn nữa, trừ người đã nói không đến.</p>${press('huy', 'Huỷ buổi này')}</details>` : ''}`,
  })
}

function attendance(view: MeetingView, { places }: NonNullable<MeetingView['attendance']>): Markup {
  const { path, formId } = view
  const pill = (id: string, value: string, label: string, now: string) =>
    html`<label class="pill"><input type="radio" name="p-${id}" value="${value}" ${now === value ? 'checked' : ''}> ${label}</label>`
  return html`<form method="post" action="${path}/ghi" autocomplete="off" id="diem-danh"><input type="hidden" name="id" value="${formId}-ghi">
<h2>Ai có mặt?</h2>
${places.length === 0 ? html`<p class="small">Chưa có ai trong danh sách: buổi này chưa được báo.</p>` : places.map((one) => html`<fieldset class="present"><legend>${one.name} <span class="meta">${one.answer}</span></legend><div class="row">${pill(one.id, 'attended', 'Có mặt', one.as)}${pill(one.id, 'missed', 'Vắng', one.as)}</div></fieldset>`)}
<p class="field"><label for="others">Khách, người nhà không có trong danh sách</label><input id="others" name="others" type="text" inputmode="numeric" maxlength="3" value="${view.others === 0 ? '' : String(view.others)}"></p>
<p class="field"><label for="note">Ghi chép buổi (không ghi tên ai)</label><textarea id="note" name="note" rows="3" maxlength="2000">${view.note}</textarea></p>
<p class="small">Ghi nhầm thì chọn lại rồi bấm Ghi, trong một tuần.</p>
<button>Ghi</button></form>`
}
