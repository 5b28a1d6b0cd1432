import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

/** An appointment in a list: no name, nothing the person said. */
export interface VisitItem {
  id: string
  time: string
  minutes: number
  kind: string
  code: string
  staff: string | null
  state: string
  /** It has begun and nobody wrote down whether the person came. */
  unmarked: boolean
  /** The person wishes another time. */
  moving: boolean
  /** Why the last reminder did not go out, where somebody should know. */
  trouble: string | null
}

export interface WeekDay {
  day: string
  name: string
  holiday: string | null
  today: boolean
  items: readonly VisitItem[]
}

interface Frame {
  reader: Reader
  point: { id: string; name: string }
  points: readonly Choice[]
  done: string | null
}

/** A week of one point: columns on a wide screen, a list of days on a phone. */
export function weekPage(
  view: Frame & { days: readonly WeekDay[]; before: string; after: string; noHours: boolean },
): Markup {
  const { reader, point, points, days, before, after } = view
  const to = (day: string) => `/desk/lich?diem=${encodeURIComponent(point.id)}&tuan=${day}`
  return deskPage({
    reader,
    tab: 'visits',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Lịch hẹn</h1>
${pointForm(points, point.id, days[0]?.day ?? '')}
<p class="small">Đặt lịch từ trang của một cuộc nhắn hay hồ sơ khách: mục “Lịch hẹn”. Ở đây không hiện tên ai.</p>
${view.noHours ? notice('Điểm này chưa khai giờ làm việc, nên người nhắn chưa tự đặt lịch được. Khai ở mục “Điểm và trực”.') : ''}
<nav class="pager" aria-label="Tuần"><a class="more" href="${to(before)}">← Tuần trước</a><a class="more" href="/desk/lich?diem=${encodeURIComponent(point.id)}">Tuần này</a><a class="more" href="${to(after)}">Tuần sau →</a></nav>
<div class="week">${days.map((one) => weekDay(one, point.id))}</div>`,
  })
}

function pointForm(points: readonly Choice[], value: string, week: string): Markup {
  if (points.length < 2) return html`<p><b>${points[0]?.label ?? ''}</b></p>`
  return html`<form method="get" action="/desk/lich" class="days"><input type="hidden" name="tuan" value="${week}">
${choice({ name: 'diem', label: 'Điểm', of: points, value })}<p class="field"><button class="second">Xem</button></p></form>`
}

function weekDay({ day, name, holiday, today, items }: WeekDay, point: string): Markup {
  return html`<section${today ? html` class="today"` : ''}><h2><a href="/desk/lich?diem=${encodeURIComponent(point)}&amp;ngay=${day}">${name}</a>${items.length === 0 ? '' : html` <span class="count">${items.length}</span>`}</h2>
${holiday === null ? '' : html`<p class="small">Nghỉ: ${holiday}</p>`}
${items.length === 0 ? (holiday === null ? html`<p class="small">Chưa có lịch.</p>` : '') : html`<ul class="tickets">${items.map(weekItem)}</ul>`}</section>`
}

function weekItem(one: VisitItem): Markup {
  return html`<li class="visit"><a href="/desk/lich/${one.id}"><b>${one.time}</b> ${one.kind} <span class="meta">${one.code}${one.staff === null ? '' : ` · ${one.staff}`} · ${one.unmarked ? html`<b>chưa ghi có đến không</b>` : one.moving ? html`<b>${one.state}</b>` : one.state}</span></a></li>`
}

/** One day of a point on a phone: who came, who did not, with one press each. */
export function dayPage(view: Frame & { day: WeekDay; formId: string; before: string; after: string }): Markup {
  const { reader, point, day, formId, before, after } = view
  const to = (one: string) => `/desk/lich?diem=${encodeURIComponent(point.id)}&ngay=${one}`
  return deskPage({
    reader,
    tab: 'visits',
    self: null,
    main: html`${notice(view.done, 'done')}<p><a class="back" href="/desk/lich?diem=${encodeURIComponent(point.id)}&amp;tuan=${day.day}">← Cả tuần</a></p>
<h1>${day.name} <span class="count">${day.items.length}</span></h1>
<p class="small">${point.name}${day.holiday === null ? '' : ` · nghỉ: ${day.holiday}`}</p>
<nav class="pager" aria-label="Ngày"><a class="more" href="${to(before)}">← Hôm trước</a><a class="more" href="${to(after)}">Hôm sau →</a></nav>
${day.items.length === 0 ? html`<p class="small">Chưa có lịch.</p>` : html`<ul class="tickets">${day.items.map((one) => dayItem(one, point.id, day.day, formId))}</ul>`}`,
  })
}

function dayItem(one: VisitItem, point: string, day: string, formId: string): Markup {
  const press = (as: string, label: string) =>
    html`<button class="second" name="as" value="${as}" aria-label="${label}: ${one.time}, ${one.code}">${label}</button>`
  return html`<li class="visit" data-key="${one.id}"><a href="/desk/lich/${one.id}"><span class="title"><b>${one.time}</b> ${one.kind} · ${one.code}</span>
<span class="meta">${one.minutes} phút${one.staff === null ? '' : ` · ${one.staff}`} · ${one.moving ? html`<b>${one.state}</b>` : one.state}</span>${one.trouble === null ? '' : html`<span class="meta">Chưa nhắc được: ${one.trouble}. Nên gọi.</span>`}</a>
${one.unmarked ? html`<form method="post" action="/desk/lich/${one.id}/mark" class="row"><input type="hidden" name="id" value="${formId}"><input type="hidden" name="diem" value="${point}"><input type="hidden" name="ngay" value="${day}">${press('attended', 'Đã đến')} ${press('missed', 'Không đến')}</form>` : ''}</li>`
}
