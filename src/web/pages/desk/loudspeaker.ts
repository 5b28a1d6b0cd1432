import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

/** What one commune reads out in the week that is shown. */
export interface CommuneWeek {
  id: string
  name: string
  mayConfirm: boolean
  scripts: readonly {
    topic: string
    title: string
    times: number
    mayDrop: boolean
    readings: readonly { act: string; words: string }[]
  }[]
}

/** How many communes of the area were reached in a month. */
export interface MonthView {
  /** As `2026-11`. */
  month: string
  area: number
  planned: number
  read: number
  active: number
  unread: readonly string[]
  unplanned: readonly string[]
}

/** Nam Định 2019: "trên 90%" of the communes. */
const TARGET = 90
const NAMED = 60

export interface LoudspeakerView {
  reader: Reader
  week: string
  weekWords: string
  before: string
  after: string
  /** The last day of the week that has come. */
  last: string
  communes: readonly CommuneWeek[]
  month: MonthView
  mayPlan: boolean
  mayRecord: boolean
  scripts: number
  formId: string
  problem: string | null
  done: string | null
}

/** A week of the loudspeaker, commune by commune, and the month it belongs to. */
export function loudspeakerPage(view: LoudspeakerView): Markup {
  const { communes, week } = view
  return deskPage({
    reader: view.reader,
    tab: 'loudspeaker',
    self: null,
    main: html`${notice(view.problem)}${notice(view.done, 'done')}
<h1>Loa truyền thanh</h1>
<p class="small">Mỗi tuần, mỗi xã đọc bài nào, mấy lần. In tờ đọc cho người đọc loa; đọc xong thì ghi “đã phát”. Ở đây không có tên ai.</p>
<nav class="weeks" aria-label="Chọn tuần"><a class="more" href="/desk/loa?tuan=${view.before}">← Tuần trước</a> <b>Tuần ${view.weekWords}</b> <a class="more" href="/desk/loa?tuan=${view.after}">Tuần sau →</a></nav>
<p class="links">${view.mayPlan ? html`<a class="button" href="/desk/loa/lich?tuan=${week}">Xếp lịch tuần này</a> ` : ''}${view.mayRecord ? html`<a class="more" href="/desk/ban-ghi">Bản ghi âm các bài</a>` : ''}</p>
${communes.length === 0 ? html`<p class="small">Tuần này chưa xã nào có lịch. Có ${view.scripts} bài đọc loa để chọn.</p>` : communes.map((one) => communeItem(one, view))}
${monthSection(view.month, week)}`,
  })
}

function communeItem(one: CommuneWeek, { week, last, formId }: LoudspeakerView): Markup {
  const sheet = `/desk/loa/to/${week}/${one.id}`
  const count = one.scripts.filter(({ readings }) => readings.length > 0).length
  const id = `phat-${one.id}`
  return html`<section class="commune" aria-labelledby="${one.id}"><h2 id="${one.id}">${one.name} <span class="count">${count}/${one.scripts.length} bài đã phát</span></h2>
<p class="links"><a class="more" href="${sheet}">Tờ đọc để in</a> <a class="more" href="${sheet}/to-doc-loa.docx" download>Tệp Word</a></p>
<ul class="tickets">${one.scripts.map(
    (
      script,
    ) => html`<li class="visit"><div><span class="title"><b>${script.title}</b> · ${script.times} lần trong tuần</span>
${script.readings.length === 0 ? html`<span class="meta">chưa phát</span>` : ''}${script.readings.map(({ words }) => html`<span class="meta">Đã phát ${words}</span>`)}</div>
${
  script.readings.length > 0
    ? one.mayConfirm
      ? html`<details><summary>Ghi nhầm</summary>${script.readings.map(({ act, words }) => html`<form method="post" action="/desk/loa/rut"><input type="hidden" name="week" value="${week}"><input type="hidden" name="act" value="${act}"><button class="second">Rút lần ${words.split(' · ')[0]}</button></form>`)}</details>`
      : ''
    : script.mayDrop
      ? html`<details><summary>Bỏ khỏi lịch</summary><form method="post" action="/desk/loa/bo"><input type="hidden" name="week" value="${week}"><input type="hidden" name="commune" value="${one.id}"><input type="hidden" name="topic" value="${script.topic}"><button class="second">Bỏ bài này</button></form></details>`
      : ''
}</li>`,
  )}</ul>
${
  one.mayConfirm && last >= week
    ? html`<details><summary>Ghi “đã phát”</summary><form method="post" action="/desk/loa/da-phat" autocomplete="off"><input type="hidden" name="id" value="${formId}-${one.id}"><input type="hidden" name="week" value="${week}"><input type="hidden" name="commune" value="${one.id}">
<p class="field"><label for="${id}-bai">Bài</label><select id="${id}-bai" name="topic" required>${one.scripts.map((script) => html`<option value="${script.topic}">${script.title}</option>`)}</select></p>
<div class="days"><p class="field"><label for="${id}-ngay">Ngày phát</label><input id="${id}-ngay" name="day" type="date" min="${week}" max="${last}" required value="${last}"></p>
<p class="field"><label for="${id}-lan">Mấy lần trong ngày</label><input id="${id}-lan" name="times" type="text" inputmode="numeric" maxlength="2" required value="1"></p></div>
<p class="field"><label for="${id}-thon">Thôn, bản (để trống: loa của cả xã)</label><input id="${id}-thon" name="hamlet" type="text" maxlength="80"></p>
<button>Đã phát</button></form></details>`
    : ''
}</section>`
}

function monthSection(view: MonthView, week: string): Markup {
  const { area, planned, read, active, unread, unplanned } = view
  const [year, number] = view.month.split('-')
  const share = (some: number) => (area === 0 ? '–' : `${Math.floor((1000 * some) / area) / 10}%`.replace('.', ','))
  const met = area > 0 && read * 100 > TARGET * area
  const list = (some: readonly string[]) =>
    html`<ul>${some.slice(0, NAMED).map((one) => html`<li>${one}</li>`)}</ul>${some.length > NAMED ? html`<p class="small">và ${some.length - NAMED} nơi nữa.</p>` : ''}`
  return html`<h2 id="thang">Tháng ${number}/${year}</h2>
<form method="get" action="/desk/loa#thang" class="days"><input type="hidden" name="tuan" value="${week}"><p class="field"><label for="thang-nao">Tháng</label><input id="thang-nao" name="thang" type="month" value="${view.month}"></p><p class="field"><button class="second">Xem tháng</button></p></form>
<div class="table" tabindex="0" role="region" aria-label="Xã, phường trong tháng"><table><thead><tr><th scope="col">Xã, phường</th><th scope="col">Số</th><th scope="col">Tỉ lệ</th></tr></thead><tbody>
<tr><th scope="row">Thuộc các điểm của bạn</th><td>${area}</td><td></td></tr>
<tr><th scope="row">Có lịch đọc loa</th><td>${planned}</td><td>${share(planned)}</td></tr>
<tr><th scope="row">Đã xác nhận phát ít nhất một bài</th><td>${read}</td><td><b>${share(read)}</b></td></tr>
<tr><th scope="row">Có ít nhất một hoạt động ghi trong sổ, loại nào cũng được</th><td>${active}</td><td>${share(active)}</td></tr></tbody></table></div>
<p>Chỉ tiêu trên ${TARGET}% số xã, phường được đọc: <b>${area === 0 ? 'chưa tính được' : met ? 'đạt' : 'chưa đạt'}</b>.</p>
<p class="small">Tuần được tính vào tháng có ngày thứ Hai của tuần. Lần đã rút khỏi sổ không được tính. Hoạt động khác tính theo ngày làm.</p>
${unread.length === 0 ? '' : html`<details><summary>Có lịch mà chưa ghi đã phát <span class="count">${unread.length}</span></summary>${list(unread)}</details>`}
${unplanned.length === 0 ? '' : html`<details><summary>Chưa có lịch <span class="count">${unplanned.length}</span></summary>${list(unplanned)}</details>`}`
}
