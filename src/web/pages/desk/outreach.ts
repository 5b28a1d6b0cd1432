import { html, raw } from 'hono/html'
import { checks, choice } from '../form.ts'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ActItem {
  id: string
  when: string
  kind: string
  facts: string
  note: string
  withdrawn: boolean
  mayWithdraw: boolean
}

/** The register of what was done outside the chat, with its counts for a stretch of days. */
export function outreachPage(view: {
  reader: Reader
  from: string
  to: string
  counts: readonly { kind: string; acts: number; people: number; communes: number }[]
  items: readonly ActItem[]
  more: boolean
  formId: string
  mayWrite: boolean
  done: string | null
}): Markup {
  const { counts, items } = view
  return deskPage({
    reader: view.reader,
    tab: 'outreach',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Hoạt động</h1>
<p class="small">Những gì làm ngoài kênh nhắn: nói chuyện, đọc loa, sự kiện, ký cam kết, kiểm tra. Sổ này không ghi tên ai.</p>
${view.mayWrite ? html`<p><a class="button" href="/desk/hoat-dong/moi">Ghi một hoạt động</a></p>` : ''}<p class="links"><a class="more" href="/desk/bo-noi-chuyen">Bộ nói chuyện để in</a> <a class="more" href="/desk/loi-vao">Lối vào, thẻ có mã</a></p>
<form method="get" action="/desk/hoat-dong" class="days"><p class="field"><label for="tu">Từ ngày</label><input id="tu" name="tu" type="date" value="${view.from}"></p><p class="field"><label for="den">Đến hết ngày</label><input id="den" name="den" type="date" value="${view.to}"></p><p class="field"><button class="second">Xem</button></p></form>
${counts.length === 0 ? '' : html`<div class="table" tabindex="0" role="region" aria-label="Số hoạt động"><table><thead><tr><th scope="col">Loại</th><th scope="col">Số lần</th><th scope="col">Lượt người</th><th scope="col">Số xã, phường</th></tr></thead><tbody>${counts.map((one) => html`<tr><th scope="row">${one.kind}</th><td>${one.acts}</td><td>${one.people}</td><td>${one.communes}</td></tr>`)}</tbody></table></div>`}
${items.length === 0 ? html`<p class="small">Chưa ghi hoạt động nào trong những ngày này.</p>` : html`<ul class="tickets">${items.map((one) => actItem(one, view.formId))}</ul>`}
${view.more ? html`<p class="small">Còn nữa: bạn chọn khoảng ngày ngắn hơn.</p>` : ''}`,
  })
}

function actItem(one: ActItem, formId: string): Markup {
  return html`<li class="visit"><div><span class="title"><b>${one.when}</b> · ${one.kind}${one.withdrawn ? html` · <b>đã rút, không đếm</b>` : ''}</span><span class="meta">${one.facts}</span>${one.note === '' ? '' : html`<span class="meta">${one.note}</span>`}</div>
${one.mayWithdraw ? html`<details><summary>Ghi nhầm</summary><form method="post" action="/desk/hoat-dong/${one.id}/rut"><input type="hidden" name="id" value="${formId}-${one.id}"><button class="second">Rút, không đếm nữa</button></form></details>` : ''}</li>`
}

export interface ActDraft {
  kind: string
  day: string
  point: string
  commune: string
  hamlet: string
  setting: string
  audiences: readonly string[]
  people: string
  partner: string
  content: string
  note: string
}

/** One act, written down on a phone in a minute: most of it is chosen already. */
export function actFormPage(view: {
  reader: Reader
  formId: string
  draft: ActDraft
  points: readonly Choice[]
  kinds: readonly Choice[]
  communes: readonly string[]
  settings: readonly Choice[]
  audiences: readonly Choice[]
  contents: readonly Choice[]
  today: string
  problem: string | null
}): Markup {
  const { draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'outreach',
    self: null,
    main: html`<p><a class="back" href="/desk/hoat-dong">← Hoạt động</a></p>${notice(view.problem)}
<h1>Ghi một hoạt động</h1>
<form method="post" action="/desk/hoat-dong/moi" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
${choice({ name: 'kind', label: 'Loại', of: view.kinds, value: draft.kind })}
<div class="days"><p class="field"><label for="day">Ngày</label><input id="day" name="day" type="date" max="${view.today}" required value="${draft.day}"></p>
<p class="field"><label for="people">Số người (để trống khi không đếm được)</label><input id="people" name="people" type="text" inputmode="numeric" maxlength="6" value="${draft.people}"></p></div>
${view.points.length > 1 ? choice({ name: 'point', label: 'Của điểm', of: view.points, value: draft.point }) : html`<input type="hidden" name="point" value="${draft.point}">`}
<p class="field"><label for="commune">Xã, phường</label><input id="commune" name="commune" type="text" list="xa" required value="${draft.commune}"><datalist id="xa">${view.communes.map((one) => html`<option value="${one}"></option>`)}</datalist></p>
<p class="field"><label for="hamlet">Thôn, bản, tổ dân phố</label><input id="hamlet" name="hamlet" type="text" maxlength="80" value="${draft.hamlet}"></p>
${choice({ name: 'setting', label: 'Ở đâu', of: view.settings, value: draft.setting })}
${checks({ name: 'audiences', label: 'Cho ai', of: view.audiences, chosen: draft.audiences })}
<details${draft.partner + draft.content + draft.note === '' ? '' : html` open`}><summary>Thêm: đơn vị cùng làm, nội dung, ghi chú</summary>
<p class="field"><label for="partner">Đơn vị cùng làm (đoàn thể, trường, doanh nghiệp…)</label><input id="partner" name="partner" type="text" maxlength="120" value="${draft.partner}"></p>
<p class="field"><label for="content">Nội dung đã dùng</label><select id="content" name="content"><option value="">Khác</option>${view.contents.map((one) => html`<option value="${one.value}" ${one.value === draft.content ? 'selected' : ''}>${one.label}</option>`)}</select></p>
<p class="field"><label for="note">Ghi chú (không ghi tên ai)</label><textarea id="note" name="note" rows="2" maxlength="300">${draft.note}</textarea></p></details>
<button>Ghi</button></form>`,
  })
}

/** What can be taken along, to be printed. */
export function kitsPage(view: {
  reader: Reader
  kits: readonly { id: string; title: string; facts: string }[]
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'outreach',
    self: null,
    main: html`<p><a class="back" href="/desk/hoat-dong">← Hoạt động</a></p><h1>Bộ nói chuyện</h1>
<p class="small">Mỗi bộ có các phần theo phút, thẻ để đọc, câu đố và mã mời vào trò chuyện. Mở ra rồi in.</p>
<ul class="tickets">${view.kits.map((one) => html`<li class="visit"><a href="/desk/bo-noi-chuyen/${one.id}"><span class="title"><b>${one.title}</b></span><span class="meta">${one.facts}</span></a></li>`)}</ul>`,
  })
}

export interface KitView {
  title: string
  facts: string
  before: readonly string[]
  outline: readonly { minutes: number; paragraphs: readonly string[] }[]
  cards: readonly { title: string; paragraphs: readonly Markup[]; note: string }[]
  quiz: readonly { question: string; answers: readonly string[]; right: number; why: string }[]
  qr: string | null
  address: string | null
}

const LETTERS = 'ABCD'

/** A kit on paper: what the speaker holds, then cards to give away, then the answers. */
export function kitPage(view: KitView): Markup {
  const { outline, cards, quiz } = view
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="kit" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="/desk/bo-noi-chuyen">← Bộ nói chuyện</a></p><p><button type="button" data-print hidden>In</button></p></div>
<h1>${view.title}</h1><p class="small">${view.facts}</p>
${view.before.length === 0 ? '' : html`<h2>Trước buổi</h2><ul>${view.before.map((one) => html`<li>${one}</li>`)}</ul>`}
<h2>${outline.length === 1 ? 'Bài đọc' : 'Các phần'}</h2>
${outline.length === 1 ? outline[0]!.paragraphs.map((one) => html`<p>${one}</p>`) : html`<ol class="parts">${outline.map((one) => html`<li><b>${one.minutes} phút</b> ${one.paragraphs.join(' ')}</li>`)}</ol>`}
<section class="cards">${cards.map((one) => html`<article><h2>${one.title}</h2>${one.paragraphs}<p class="small">${one.note}</p></article>`)}
${view.qr === null ? '' : html`<article><h2>Hỏi tiếp, không cần tên</h2><div class="kit-qr">${raw(view.qr)}</div><p class="small">${view.address}</p></article>`}</section>
${
  quiz.length === 0
    ? ''
    : html`<section class="quiz"><h2>Đố vui</h2><ol>${quiz.map((one) => html`<li>${one.question}<ol class="answers-list">${one.answers.map((answer) => html`<li>${answer}</li>`)}</ol></li>`)}</ol></section>
<section class="quiz"><h2>Đáp án, cho người nói</h2><ol>${quiz.map((one) => html`<li><b>${LETTERS[one.right - 1]}.</b> ${one.why}</li>`)}</ol></section>`
}
</main><footer id="tien-ich" hidden></footer>`,
  })
}
