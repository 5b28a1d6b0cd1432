import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

/** Which scripts the communes of a point read out in a week: a number behind each title. */
export function planPage(view: {
  reader: Reader
  week: string
  weekWords: string
  point: Choice
  points: readonly Choice[]
  communes: readonly Choice[]
  chosen: readonly string[]
  scripts: readonly { id: string; title: string; minutes: string; unsigned: boolean; times: string }[]
  problem: string | null
}): Markup {
  const { week, point, points, communes, scripts } = view
  return deskPage({
    reader: view.reader,
    tab: 'loudspeaker',
    self: null,
    main: html`<p><a class="back" href="/desk/loa?tuan=${week}">← Loa</a></p>${notice(view.problem)}
<h1>Xếp lịch đọc loa</h1>
<form method="get" action="/desk/loa/lich" class="days"><p class="field"><label for="tuan">Tuần có ngày</label><input id="tuan" name="tuan" type="date" value="${week}"></p>${
      points.length > 1
        ? html`<p class="field"><label for="diem">Điểm</label><select id="diem" name="diem">${points.map((one) => html`<option value="${one.value}" ${one.value === point.value ? 'selected' : ''}>${one.label}</option>`)}</select></p>`
        : ''
    }<p class="field"><button class="second">Đổi</button></p></form>
<p>Tuần <b>${view.weekWords}</b> · ${point.label}</p>
${
  communes.length === 0
    ? html`<p class="notice">Điểm này chưa khai xã, phường nào. Bạn khai ở “Điểm và trực” rồi quay lại.</p>`
    : html`<form method="post" action="/desk/loa/lich" autocomplete="off"><input type="hidden" name="week" value="${week}"><input type="hidden" name="point" value="${point.value}">
<fieldset><legend>Bài nào, mấy lần trong tuần (để trống: không xếp)</legend>
<ul class="tickets">${scripts.map(
        (
          one,
        ) => html`<li class="place how-often"><label for="lan-${one.id}"><b>${one.title}</b><span class="meta">chừng ${one.minutes}${one.unsigned ? ' · chưa ký duyệt' : ''}</span></label>
<input id="lan-${one.id}" name="lan-${one.id}" type="text" inputmode="numeric" maxlength="2" value="${one.times}"></li>`,
      )}</ul></fieldset>
<fieldset><legend>Xã, phường</legend>${communes.map((one) => html`<label class="check"><input type="checkbox" name="communes" value="${one.value}" ${view.chosen.includes(one.value) ? 'checked' : ''}> ${one.label}</label>`)}</fieldset>
<p class="small">Xếp lại thì số lần mới thay số cũ. Để trống không bỏ bài đã xếp; muốn bỏ, bấm “Bỏ khỏi lịch” ở trang Loa.</p>
<button>Xếp lịch</button></form>`
}`,
  })
}
