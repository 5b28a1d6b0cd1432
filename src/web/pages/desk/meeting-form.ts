import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface MeetingDraft {
  pattern: string
  weekday: string
  which: string
  monthday: string
  first: string
  last: string
  time: string
  minutes: string
  place: string
  agenda: string
  capacity: string
  notice: string
  onHoliday: string
  family: boolean
}

export interface MeetingFormView {
  reader: Reader
  formId: string
  /** Where the form goes, and the page it came from. */
  path: string
  back: string
  club: string
  draft: MeetingDraft
  /** Null: one meeting that is there already. */
  repeat: {
    patterns: readonly Choice[]
    weekdays: readonly Choice[]
    which: readonly Choice[]
    ways: readonly Choice[]
  } | null
  lengths: readonly Choice[]
  notices: readonly Choice[]
  today: string
  /** The meetings this would make, in words. */
  dates: readonly string[]
  problem: string | null
}

/** One meeting or a row of them is planned; the dates are shown before anything is kept. */
export function meetingFormPage(view: MeetingFormView): Markup {
  const { draft, dates, repeat } = view
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← ${view.club}</a></p>${notice(view.problem)}
<h1>${repeat ? 'Xếp buổi sinh hoạt' : 'Đổi buổi này'}</h1>
${dates.length === 0 ? '' : html`<section class="notice done" role="status"><b>Sẽ có ${dates.length >= 12 ? 'những' : dates.length} buổi:</b><ul class="plain">${dates.slice(0, 12).map((one) => html`<li>${one}</li>`)}</ul></section>`}
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
${
  repeat
    ? repeated(view, repeat)
    : html`<div class="days"><p class="field"><label for="first">Ngày</label><input id="first" name="first" type="date" min="${view.today}" required value="${draft.first}"></p>
<p class="field"><label for="time">Giờ</label><input id="time" name="time" type="time" required value="${draft.time}"></p></div>`
}
${choice({ name: 'minutes', label: 'Trong bao lâu', of: view.lengths, value: draft.minutes })}
<p class="field"><label for="place">Nơi gặp</label><input id="place" name="place" type="text" maxlength="200" required value="${draft.place}"></p>
<p class="field"><label for="agenda">Nội dung (không ghi tên ai)</label><textarea id="agenda" name="agenda" rows="3" maxlength="500">${draft.agenda}</textarea></p>
<p class="field"><label for="capacity">Số chỗ (để trống là không giới hạn)</label><input id="capacity" name="capacity" type="text" inputmode="numeric" value="${draft.capacity}"></p>
${
  repeat
    ? html`<label class="check"><input type="checkbox" name="family" value="yes" ${draft.family ? 'checked' : ''}> Buổi có gia đình: mỗi người đi cùng được một người nhà</label>
${choice({ name: 'notice', label: 'Báo cho hội viên trước', of: view.notices, value: draft.notice })}`
    : html`<p class="small">Ai đã nhận lời giữ nguyên chỗ và được hỏi lại xem giờ mới có hợp không.</p>`
}
${repeat ? html`<p class="row"><button name="lam" value="xem" class="second">Xem các buổi</button> <button name="lam" value="luu">Lưu</button></p>` : html`<button>Đổi và báo</button>`}</form>`,
  })
}

function repeated({ draft, today }: MeetingFormView, of: NonNullable<MeetingFormView['repeat']>): Markup {
  return html`${choice({ name: 'pattern', label: 'Bao lâu một lần', of: of.patterns, value: draft.pattern })}
<div class="days">${choice({ name: 'weekday', label: 'Thứ (khi lặp theo thứ)', of: of.weekdays, value: draft.weekday })}
${choice({ name: 'which', label: 'Của tuần nào trong tháng', of: of.which, value: draft.which })}
<p class="field"><label for="monthday">Ngày trong tháng (khi lặp theo ngày)</label><input id="monthday" name="monthday" type="text" inputmode="numeric" maxlength="2" value="${draft.monthday}"></p></div>
<div class="days"><p class="field"><label for="first">Tính từ ngày, hoặc ngày của một buổi</label><input id="first" name="first" type="date" min="${today}" required value="${draft.first}"></p>
<p class="field"><label for="last">Đến hết ngày (để trống là cứ thế)</label><input id="last" name="last" type="date" min="${today}" value="${draft.last}"></p>
<p class="field"><label for="time">Giờ</label><input id="time" name="time" type="time" required value="${draft.time}"></p></div>
${choice({ name: 'on_holiday', label: 'Rơi vào ngày nghỉ lễ thì', of: of.ways, value: draft.onHoliday })}`
}
