import { html } from 'hono/html'
import type { Calendar, Point, Switches } from '../../engine/facts.ts'
import { dayOf, formatShifts, holidayOn, openAt } from '../../engine/hours.ts'
import { LANGUAGES, languageOf } from '../../engine/language.ts'
import type { StaffMember } from '../../engine/staff.ts'
import type { RecordedGreeting } from '../../store/greetings.ts'
import { deskPage } from './desk-top.ts'
import { checks, choice, field, hidden, trouble } from './form.ts'
import type { Markup } from './layout.ts'

const WEEK = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật']

/** The points with their hours and who is on duty now, and the two switches. */
export function directoryPage(view: {
  member: StaffMember
  points: readonly { point: Point; mayEdit: boolean; onDuty: readonly StaffMember[] }[]
  switches: Switches
  maySwitch: boolean
  calendar: Calendar
  now: number
}): Markup {
  const { member, points, calendar, now } = view
  const holiday = holidayOn(calendar, dayOf(now))
  return deskPage(
    member,
    html`<h1>Điểm và trực</h1>
${holiday === null ? '' : html`<p class="small">Hôm nay là ngày nghỉ: ${holiday}.</p>`}
<ul class="tickets">${points.map(
      ({ point, mayEdit, onDuty }) => html`<li class="place"><p><b>${point.name}</b><br>
<span class="meta">${openAt(point, calendar, now) ? 'Đang mở' : 'Đang đóng'} · trực lúc này: ${onDuty.length === 0 ? 'chưa có ai' : onDuty.map(({ shownAs }) => shownAs ?? 'không hiện tên').join(', ')}</span></p>
<p class="small hours">${formatShifts(point.shifts) || 'Chưa khai giờ làm việc'}</p>
${mayEdit ? html`<p><a class="back" href="/desk/directory/${point.id}">Sửa điểm này</a></p>` : ''}</li>`,
    )}</ul>
${view.maySwitch ? switches(view.switches) : ''}`,
  )
}

/** Each says what it does to people before it is pressed; both are written into the log of who did what. */
function switches({ noUnprompted, onlyHuman }: Switches): Markup {
  const one = (name: string, on: boolean, label: string, what: string) =>
    html`<form method="post" action="/desk/directory/switches" class="switch">
<p><b>${label}</b>: ${on ? 'đang bật' : 'đang tắt'}<br><span class="small">${what}</span></p>
<input type="hidden" name="name" value="${name}"><input type="hidden" name="on" value="${on ? 'no' : 'yes'}">
<button class="second">${on ? 'Tắt' : 'Bật'} “${label}”</button>
</form>`
  return html`<h2>Công tắc</h2>
${one('noUnprompted', noUnprompted, 'Ngừng mọi tin tự gửi', 'Nhắc lịch, thông báo đều chờ. Câu trả lời và thẻ khẩn cấp vẫn đi.')}
${one('onlyHuman', onlyHuman, 'Máy chỉ còn thẻ khẩn cấp', 'Mọi tin nhắn thành yêu cầu gặp người. Xoá, dừng, huỷ yêu cầu vẫn dùng được.')}`
}

/** How long an appointment may take that people book for themselves, in minutes. */
export const SLOTS = ['15', '30', '45', '60', '90'] as const

export interface PointForm {
  name: string
  address: string
  phone: string
  nightPhone: string
  communes: string
  week: readonly string[]
  days: string
  above: string
  byPhone: boolean
  places: string
  slotMinutes: string
  asksAfterMiss: boolean
}

/** One point; what was typed stays when something in it is wrong. */
export function pointPage(view: {
  member: StaffMember
  id: string
  form: PointForm
  others: readonly { id: string; name: string }[]
  greetings: readonly RecordedGreeting[]
  problem: string | null
}): Markup {
  const { member, id, form, others, greetings, problem } = view
  return deskPage(
    member,
    html`<p><a class="back" href="/desk/directory">← Điểm và trực</a></p>
<h1>${form.name}</h1>
${trouble(problem)}
<form method="post" action="/desk/directory/${id}">
${field({ name: 'name', label: 'Tên điểm', autocomplete: 'off', value: form.name })}
${field({ name: 'address', label: 'Địa chỉ', autocomplete: 'off', value: form.address })}
${field({ name: 'phone', label: 'Điện thoại', autocomplete: 'off', value: form.phone, required: false, hint: 'Chỉ ghi số đã gọi thử. Để trống nếu chưa có.' })}
${field({ name: 'nightPhone', label: 'Số trực ban đêm', autocomplete: 'off', value: form.nightPhone, required: false, hint: 'Của trạm y tế hay người trực, gọi được lúc nửa đêm. Hiện trong thẻ khẩn cấp khi xe 115 ở xa. Chỉ ghi số đã gọi thử.' })}
${area('communes', 'Xã, phường phục vụ', form.communes, 8, 'Mỗi dòng một nơi, có thể thêm tên tỉnh sau dấu phẩy. Tên cũ cũng hiểu.')}
<fieldset><legend>Giờ trong tuần</legend>
<p class="small">Viết như 07:30-11:30, 13:30-17:00. Để trống là nghỉ. Máy hứa với người nhắn theo đúng giờ này.</p>
${WEEK.map((day, i) => field({ name: `d${i + 1}`, label: day, autocomplete: 'off', value: form.week[i] ?? '', required: false }))}
</fieldset>
${area('days', 'Ngày riêng của điểm', form.days, 4, 'Mỗi dòng một ngày: 24/12/2026: nghỉ, hoặc 24/12/2026: 08:00-11:00. Ngày nghỉ lễ cả nước thì máy đã biết.')}
${choice({ name: 'above', label: 'Tuyến trên, được gọi khi ở đây không ai nhận', of: [{ value: '-', label: 'Chưa khai' }, ...others.map((one) => ({ value: one.id, label: one.name }))], value: form.above })}
${checks({ name: 'byPhone', label: 'Trả lời qua điện thoại', of: [{ value: 'yes', label: 'Cán bộ đọc và trả lời được trên Telegram, Zalo của mình. Lời người nhắn sẽ nằm lại trên điện thoại ấy.' }], chosen: form.byPhone ? ['yes'] : [] })}
<fieldset><legend>Lịch hẹn</legend>
${field({ name: 'places', label: 'Tiếp được mấy người cùng lúc', autocomplete: 'off', value: form.places, numeric: true })}
${choice({ name: 'slotMinutes', label: 'Mỗi lịch tự đặt kéo dài', of: SLOTS.map((one) => ({ value: one, label: `${one} phút` })), value: form.slotMinutes })}
${checks({ name: 'asksAfterMiss', label: 'Sau khi lỡ hẹn', of: [{ value: 'yes', label: 'Máy nhắn một câu nhẹ “Khi nào tiện?”, một lần. Không bật thì chỉ người thật hỏi thăm.' }], chosen: form.asksAfterMiss ? ['yes'] : [] })}
</fieldset>
<button>Lưu điểm</button>
</form>
<h2 id="loi-chao">Lời chào ghi âm</h2>
<p>Cho người không đọc được chữ Việt: khi họ xin nói tiếng của mình, máy gửi lời chào này (Telegram, web), rồi gọi cán bộ nói được tiếng ấy.</p>
${
  greetings.length === 0
    ? ''
    : html`<ul class="tickets">${greetings.map(
        (
          one,
        ) => html`<li><p><b>${languageOf(one.language)?.name ?? one.language}</b><br><span class="meta">${one.transcript}</span></p>
<audio controls preload="none" src="/desk/directory/${id}/greeting?ma=${encodeURIComponent(one.id)}"></audio>
<form method="post" action="/desk/directory/${id}/ungreet">${hidden('greeting', one.id)}<button class="second">Bỏ</button></form></li>`,
      )}</ul>`
}
<form method="post" action="/desk/directory/${id}/greeting" enctype="multipart/form-data">
${choice({ name: 'language', label: 'Tiếng', of: LANGUAGES.map((one) => ({ value: one.id, label: one.name })) })}
${area('transcript', 'Lời ấy nói gì, bằng tiếng Việt', '', 3, 'Ví dụ: Chào bạn. Sẽ có người nói tiếng Mông trả lời bạn. Bạn cứ nói bằng tin thoại.')}
<p class="field"><label for="sound">Tệp ghi âm (ogg, m4a, mp3; tối đa 700 kB)</label>
<input id="sound" name="sound" type="file" accept="audio/*"></p>
<button class="second">Lưu lời chào</button>
</form>`,
  )
}

/** When one member is on duty. */
export function dutyPage(view: {
  member: StaffMember
  about: StaffMember
  /** On duty whenever the point is open. */
  always: boolean
  week: readonly string[]
  days: string
  problem: string | null
}): Markup {
  const { member, about, always, week, days, problem } = view
  return deskPage(
    member,
    html`<p><a class="back" href="/desk/staff">← Cán bộ</a></p>
<h1>Lịch trực: ${about.shownAs ?? 'không hiện tên'}</h1>
${trouble(problem)}
<form method="post" action="/desk/rota/${about.id}">
${checks({ name: 'always', label: 'Cách trực', of: [{ value: 'yes', label: 'Trực suốt giờ mở của điểm' }], chosen: always ? ['yes'] : [] })}
<fieldset><legend>Hoặc theo lịch riêng</legend>
${WEEK.map((day, i) => field({ name: `d${i + 1}`, label: day, autocomplete: 'off', value: week[i] ?? '', required: false }))}
${area('days', 'Ngày nghỉ, ngày trực thêm', days, 4, 'Mỗi dòng một ngày: 24/12/2026: nghỉ, hoặc 24/12/2026: 18:00-21:00.')}
</fieldset>
<button>Lưu lịch trực</button>
</form>`,
  )
}

function area(name: string, label: string, value: string, rows: number, hint: string): Markup {
  return html`<p class="field"><label for="${name}">${label}</label>
<textarea id="${name}" name="${name}" rows="${rows}" spellcheck="false" aria-describedby="${name}-hint">${value}</textarea>
<span class="small" id="${name}-hint">${hint}</span></p>`
}
