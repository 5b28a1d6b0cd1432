import { html, raw } from 'hono/html'
import type { VisitDraft } from '../../desk/visit-form.ts'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface VisitFormView {
  reader: Reader
  formId: string
  /** How the address names the person. */
  query: string
  code: string
  back: string
  /** The appointment that gets another time; null for a new one. */
  moves: string | null
  draft: VisitDraft
  points: readonly Choice[]
  colleagues: readonly Choice[]
  kinds: readonly Choice[]
  lengths: readonly Choice[]
  styles: readonly Choice[]
  hours: readonly Choice[]
  week: { before: string | null; after: string; days: readonly { name: string; free: readonly Choice[] }[] }
  noHours: boolean
  /** A person without a chat cannot be written to. */
  noChat: boolean
  today: string
  problem: string | null
}

/** An appointment is made or moved: a free time by keyboard or thumb, or any other typed. */
export function visitFormPage(view: VisitFormView): Markup {
  const { draft, moves, formId } = view
  return deskPage({
    reader: view.reader,
    tab: 'visits',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>
${notice(view.problem)}
<h1>${moves === null ? 'Đặt lịch hẹn' : 'Đổi lịch hẹn'} · ${view.code}</h1>
${filter(view)}
<form method="post" action="/desk/lich/moi?${raw(view.query)}" autocomplete="off" id="dat">
<input type="hidden" name="id" value="${formId}"><input type="hidden" name="diem" value="${draft.point}"><input type="hidden" name="can_bo" value="${draft.staff}"><input type="hidden" name="phut" value="${draft.minutes}">
${free(view)}
${moves === null ? html`${choice({ name: 'kind', label: 'Việc hẹn', of: view.kinds, value: draft.kind })}${rest(view)}` : html`<input type="hidden" name="kind" value="${draft.kind}">`}
<p class="field"><label for="note">Ghi chú cho cán bộ (không bắt buộc)</label><textarea id="note" name="note" rows="2" maxlength="2000">${draft.note}</textarea></p>
<button>${moves === null ? 'Đặt lịch' : 'Đổi sang giờ này'}</button></form>`,
  })
}

/** What decides which times are free. */
function filter({ query, draft, points, colleagues, lengths }: VisitFormView): Markup {
  const [name = '', value = ''] = query.split('=')
  return html`<form method="get" action="/desk/lich/moi" class="days"><input type="hidden" name="${name}" value="${decodeURIComponent(value)}">
${choice({ name: 'diem', label: 'Điểm', of: points, value: draft.point })}
${choice({ name: 'phut', label: 'Trong bao lâu', of: lengths, value: draft.minutes })}
<p class="field"><label for="can_bo">Người tiếp</label><select id="can_bo" name="can_bo"><option value="">Ai có mặt</option>${colleagues.map((one) => html`<option value="${one.value}"${one.value === draft.staff ? html` selected` : ''}>${one.label}</option>`)}</select></p>
<p class="field"><button class="second">Xem giờ trống</button></p></form>`
}

function free({ week, draft, query, noHours, today }: VisitFormView): Markup {
  const to = (day: string) =>
    `/desk/lich/moi?${query}&diem=${encodeURIComponent(draft.point)}&phut=${draft.minutes}&can_bo=${encodeURIComponent(draft.staff)}&tuan=${day}`
  const none = week.days.every(({ free: times }) => times.length === 0)
  return html`<h2>Giờ trống</h2>
<nav class="pager" aria-label="Tuần">${week.before === null ? '' : html`<a class="more" href="${to(week.before)}">← Tuần trước</a>`}<a class="more" href="${to(week.after)}">Tuần sau →</a></nav>
${noHours ? html`<p class="small">Điểm này chưa khai giờ làm việc nên không có giờ trống để chọn. Gõ ngày giờ dưới đây, và khai giờ ở mục “Điểm và trực”.</p>` : none ? html`<p class="small">Tuần này không còn giờ trống.</p>` : ''}
${week.days
  .filter(({ free: times }) => times.length > 0)
  .map(
    ({ name, free: times }) =>
      html`<fieldset class="times"><legend>${name}</legend>${times.map(
        ({ value, label }) =>
          html`<label><input type="radio" name="slot" value="${value}"${value === draft.slot ? html` checked` : ''}> ${label}</label>`,
      )}</fieldset>`,
  )}
<details${draft.day !== '' || draft.time !== '' || noHours ? html` open` : ''}><summary>Giờ khác</summary>
<div class="days"><p class="field"><label for="day">Ngày</label><input id="day" name="day" type="date" min="${today}" value="${draft.day}"></p>
<p class="field"><label for="time">Giờ</label><input id="time" name="time" type="time" step="900" value="${draft.time}"></p></div>
<label class="check"><input type="checkbox" name="closed" value="yes"${draft.closed ? html` checked` : ''}> Vẫn hẹn ngoài giờ làm việc</label></details>`
}

function rest({ draft, styles, hours, noChat }: VisitFormView): Markup {
  return html`<p class="field"><label for="place">Chỗ hẹn, nếu không phải ở điểm</label><input id="place" name="place" type="text" maxlength="120" value="${draft.place}"></p>
<label class="check"><input type="checkbox" name="may_visit" value="yes"${draft.mayVisit ? html` checked` : ''}> Nếu lỡ hẹn, người ấy đồng ý cho cán bộ đến nhà hỏi thăm</label>
<fieldset><legend>Nhắc lịch</legend>
<label class="check"><input type="checkbox" name="remind" value="yes"${draft.remind ? html` checked` : ''}> Người ấy đồng ý được nhắc</label>
${noChat ? html`<p class="small">Người này chưa có kênh nhắn: đến ngày nhắc, họ nằm trong mục “Cần gọi lại”.</p>` : ''}
${choice({ name: 'style', label: 'Nhắc kiểu nào', of: styles, value: draft.style })}
${choice({ name: 'hours', label: 'Lúc nào tiện', of: hours, value: draft.hours })}
<label class="check"><input type="checkbox" name="news" value="yes"${draft.news ? html` checked` : ''}> Người ấy cũng muốn nhận tin báo chung (lớp, buổi gặp mặt)</label>
<p class="field"><label for="label">Gọi lịch này là gì trong tin nhắc (không bắt buộc)</label><input id="label" name="label" type="text" maxlength="40" value="${draft.label}" aria-describedby="label-hint"><span class="small" id="label-hint">Để trống là “Lịch của bạn”. Ai cầm máy cũng có thể đọc được.</span></p></fieldset>`
}
