import { html } from 'hono/html'
import { type Figures, type FigureTables, PRIORITIES } from '../../app/figures.ts'
import type { Day } from '../../engine/facts.ts'
import type { StaffMember } from '../../engine/staff.ts'
import type { CourseCount } from '../../store/courses.ts'
import type { Load } from '../../store/figures.ts'
import { CHANNELS, REASONS } from '../desk/labels.ts'
import { PRIORITY } from './desk/ticket-row.ts'
import { deskPage } from './desk-top.ts'
import { trouble } from './form.ts'
import type { Markup } from './layout.ts'

/** Below this an analyst sees that there were some, not how many: a small number may point to somebody. */
const SMALL = 5

export function figuresPage(view: {
  member: StaffMember
  from: Day
  to: Day
  problem: string | null
  tables: FigureTables
  load: Load
  /** How often each course was begun and read to its end, in the months of these days. */
  courses: readonly (CourseCount & { title: string })[]
  /** Null for a reader who sees aggregates only. */
  people: { onDuty: readonly StaffMember[]; staff: readonly StaffMember[] } | null
  now: number
}): Markup {
  const { member, from, to, tables, load, courses, people, now } = view
  const few = (count: number) => people === null && count > 0 && count < SMALL
  const number = (count: number) => (few(count) ? `<${SMALL}` : String(count))
  const shown = (figures: Figures) => (people === null && figures.answered < SMALL ? null : figures)
  const times = (figures: Figures) =>
    html`<td>${minutes(shown(figures)?.medianMs ?? null)}</td><td>${minutes(shown(figures)?.p95Ms ?? null)}</td>`
  const cells = (figures: Figures) =>
    html`<td>${number(figures.opened)}</td><td>${number(figures.answered)}</td><td>${number(figures.abandoned)}</td><td>${number(figures.open)}</td>${times(figures)}<td>${number(figures.lapsed)}</td><td>${number(figures.toTheEnd)}</td>`
  const row = (name: string, figures: Figures) => html`<tr><th scope="row">${name}</th>${cells(figures)}</tr>`
  const head = (first: string) =>
    html`<thead><tr><th scope="col">${first}</th><th scope="col">Mở</th><th scope="col">Được trả lời</th><th scope="col">Bỏ dở</th><th scope="col">Còn chờ</th><th scope="col">Giữa</th><th scope="col">95 %</th><th scope="col">Hết giờ giữ</th><th scope="col">Gọi hết bậc</th></tr></thead>`
  const busiest = Math.max(SMALL, ...tables.byHour.map(({ figures }) => figures.opened))
  const bar = (count: number) =>
    people === null && count < SMALL
      ? ''
      : html`<meter min="0" max="${busiest}" value="${count}" aria-hidden="true"></meter>`
  return deskPage(
    member,
    html`<h1>Số liệu</h1>
<h2>Lúc này</h2>
${waiting(load, number, few, now)}
${people === null ? '' : desks(load, people)}
<h2>Theo ngày</h2>
${trouble(view.problem)}
<form method="get" action="/desk/figures" class="days">
<p class="field"><label for="tu">Từ ngày</label><input id="tu" name="tu" type="date" value="${from}"></p>
<p class="field"><label for="den">Đến hết ngày</label><input id="den" name="den" type="date" value="${to}"></p>
<button class="second">Xem</button>
</form>
<div class="table" role="region" aria-label="Theo mức gấp" tabindex="0"><table>
${head('Mức gấp')}
<tbody>${row('Tất cả', tables.all)}${tables.byPriority.map(({ priority, figures }) => row(PRIORITY[priority], figures))}</tbody>
</table></div>
<h3>Theo giờ trong ngày</h3>
${
  tables.byHour.length === 0
    ? html`<p class="small">Không có yêu cầu nào trong những ngày này.</p>`
    : html`<div class="table" role="region" aria-label="Theo giờ" tabindex="0"><table>
${head('Giờ mở')}
<tbody>${tables.byHour.map(
        ({ hour, figures }) =>
          html`<tr><th scope="row">${clock(hour)} ${bar(figures.opened)}</th>${cells(figures)}</tr>`,
      )}</tbody>
</table></div>
<h3>Theo lý do</h3>
<div class="table" role="region" aria-label="Theo lý do" tabindex="0"><table>
${head('Lý do')}
<tbody>${tables.byReason.map(({ reason, figures }) => row(REASONS[reason] ?? reason, figures))}</tbody>
</table></div>
<h3>Theo kênh</h3>
<div class="table" role="region" aria-label="Theo kênh" tabindex="0"><table>
${head('Kênh')}
<tbody>${tables.byChannel.map(({ channel, figures }) => row(channel === null ? 'Chưa ghi' : (CHANNELS[channel] ?? channel), figures))}</tbody>
</table></div>`
}
${courses.length === 0 ? '' : courseTable(courses, from, to)}
<p class="small"><b>Mở</b>: yêu cầu gặp người được mở trong những ngày này. <b>Được trả lời</b>: đã có ít nhất một dòng của người thật. <b>Còn chờ</b>: đang mở, chưa có dòng nào. <b>Giữa</b>: một nửa số người được trả lời chờ không quá chừng ấy, từ lúc yêu cầu mở đến dòng đầu tiên của người thật. <b>95 %</b>: cứ 20 người thì 19 người chờ không quá chừng ấy.
<b>Bỏ dở</b>: kết thúc hoặc được rút lại khi chưa ai nhận. <b>Hết giờ giữ</b>: có lần người giữ không kịp viết, cuộc trở lại hàng chờ. <b>Gọi hết bậc</b>: máy đã gọi tới bậc cuối cùng mà chưa ai nhận. Cuộc có người nhận rồi kết thúc mà không viết dòng nào (thường là gọi điện) chỉ tính ở cột Mở. Giờ theo Việt Nam. Đã xoá thông tin của ai thì chỉ còn con số.${people === null ? html` Số nhỏ hơn ${SMALL} không hiện rõ.` : ''}</p>`,
  )
}

function waiting(
  { waiting }: Load,
  number: (count: number) => string,
  few: (count: number) => boolean,
  now: number,
): Markup {
  if (waiting.length === 0) return html`<p>Không ai đang chờ.</p>`
  return html`<ul class="tickets">${PRIORITIES.flatMap((priority) =>
    waiting.filter((one) => one.priority === priority),
  ).map(
    ({ priority, count, oldest }) =>
      html`<li><p><b>${PRIORITY[priority]}</b>: ${number(count)} đang chờ${few(count) ? '' : html`<br><span class="meta">lâu nhất ${minutes(now - oldest)}</span>`}</p></li>`,
  )}</ul>`
}

/** Of the whole service, by month: a course belongs to no point, and a small number is shown to nobody. */
function courseTable(courses: readonly (CourseCount & { title: string })[], from: Day, to: Day): Markup {
  const [first, last] = [from, to].map((day) => `${Number(day.slice(5, 7))}/${day.slice(0, 4)}`)
  const shown = (count: number) => (count > 0 && count < SMALL ? `<${SMALL}` : String(count))
  return html`<h3>Khoá đọc từng bài, tháng ${first}${first === last ? '' : ` đến ${last}`}</h3>
<div class="table" role="region" aria-label="Khoá đọc từng bài" tabindex="0"><table>
<thead><tr><th scope="col">Khoá</th><th scope="col">Bắt đầu</th><th scope="col">Đọc hết</th></tr></thead>
<tbody>${courses.map(
    ({ title, started, finished }) =>
      html`<tr><th scope="row">${title}</th><td>${shown(started)}</td><td>${shown(finished)}</td></tr>`,
  )}</tbody>
</table></div>
<p class="small">Đếm cả hệ thống, không theo điểm và không theo người: ai đọc khoá nào là chuyện riêng của họ. Số nhỏ hơn ${SMALL} không hiện rõ.</p>`
}

function desks(
  { held }: Load,
  { onDuty, staff }: { onDuty: readonly StaffMember[]; staff: readonly StaffMember[] },
): Markup {
  const holding = new Map(held.map(({ staff, count }) => [staff, count]))
  const others = staff.filter(({ id }) => holding.has(id) && !onDuty.some((one) => one.id === id))
  const line = (one: StaffMember, note: string) =>
    html`<li><p>${one.shownAs ?? 'không hiện tên'}<br><span class="meta">đang giữ ${holding.get(one.id) ?? 0} cuộc${note}</span></p></li>`
  return html`<h3>Trực lúc này <span class="count">${onDuty.length}</span></h3>
${onDuty.length === 0 ? html`<p class="small">Chưa có ai.</p>` : ''}
<ul class="tickets">${onDuty.map((one) => line(one, ''))}${others.map((one) => line(one, ', ngoài giờ trực'))}</ul>`
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

/** A wait as people say it. */
function minutes(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 60_000) return '< 1 phút'
  const all = Math.round(ms / 60_000)
  return all < 60 ? `${all} phút` : `${Math.floor(all / 60)} giờ${all % 60 === 0 ? '' : ` ${all % 60} phút`}`
}
