import { html, raw } from 'hono/html'
import { choice } from '../form.ts'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface EntranceDraft {
  name: string
  code: string
  setting: string
  audience: string
  point: string
}

export interface EntranceItem {
  code: string
  name: string
  facts: string
  ended: boolean
  mayEnd: boolean
}

/** Where a card leads. */
export interface Door {
  name: string
  href: string
  shown: string
}

/** The entrances of the points, with how many conversations began by each, and a form for one more. */
export function entrancesPage(view: {
  reader: Reader
  items: readonly EntranceItem[]
  mayMake: boolean
  points: readonly Choice[]
  settings: readonly Choice[]
  shelves: readonly Choice[]
  hasZalo: boolean
  draft: EntranceDraft
  formId: string
  problem: string | null
  done: string | null
}): Markup {
  const { items, draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'outreach',
    self: null,
    main: html`<div class="desk-one"><p><a class="back" href="/desk/hoat-dong">← Hoạt động</a></p>${notice(view.problem)}${notice(view.done, 'done')}
<h1>Lối vào</h1>
<p class="small">Mỗi trường, nhà máy, xã hay sự kiện một lối vào: in thẻ có mã, ai quét thì vào thẳng trò chuyện. Máy chỉ đếm có bao nhiêu cuộc bắt đầu từ mỗi nơi, không biết ai đã quét.${view.hasZalo ? ' Zalo không cho biết người ta vào từ thẻ nào, nên chỉ đếm được web và Telegram.' : ''}</p>
${items.length === 0 ? html`<p class="small">Chưa có lối vào nào.</p>` : html`<ul class="tickets">${items.map(item)}</ul>`}
${
  view.mayMake
    ? html`<h2>Mở một lối vào</h2>
<form method="post" action="/desk/loi-vao" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="name">Tên, để cán bộ nhận ra (không in trên thẻ)</label><input id="name" name="name" type="text" maxlength="80" required value="${draft.name}"></p>
<p class="field"><label for="code">Mã trong đường dẫn (để trống: máy tự đặt)</label><input id="code" name="code" type="text" maxlength="40" autocapitalize="none" spellcheck="false" value="${draft.code}" aria-describedby="code-hint"><span class="small" id="code-hint">Mã hiện trên thẻ và trong lịch sử trình duyệt: đừng đặt chữ làm lộ nơi chốn.</span></p>
${choice({ name: 'setting', label: 'Ở đâu', of: view.settings, value: draft.setting })}
<p class="field"><label for="audience">Mở ngăn bài nào trước</label><select id="audience" name="audience"><option value="">Không, hỏi như thường</option>${view.shelves.map((one) => html`<option value="${one.value}" ${one.value === draft.audience ? 'selected' : ''}>${one.label}</option>`)}</select></p>
${view.points.length > 1 ? choice({ name: 'point', label: 'Của điểm', of: view.points, value: draft.point }) : html`<input type="hidden" name="point" value="${draft.point}">`}
<button>Mở lối vào</button></form>`
    : ''
}</div>`,
  })
}

function item(one: EntranceItem): Markup {
  const path = `/desk/loi-vao/${one.code}`
  return html`<li class="visit"><div><span class="title"><b>${one.name}</b> · ${one.code}${one.ended ? html` · <b>đã thôi dùng</b>` : ''}</span><span class="meta">${one.facts}</span>
${one.ended ? '' : html`<span class="links"><a class="more" href="${path}/the">In thẻ A6</a> <a class="more" href="${path}/the?kho=a4">In tờ A4, 8 thẻ</a></span>`}</div>
${one.mayEnd ? html`<details><summary>Thôi dùng</summary><form method="post" action="${path}/thoi"><button class="second">Thôi dùng lối vào này</button></form></details>` : ''}</li>`
}

const CARDS = 8

/** Cards for the printer: black on white, and not a word of what this is about or where they lie. */
export function cardsPage(view: {
  code: string
  name: string
  sheet: 'a4' | 'a6'
  doors: readonly (Door & { qr: string })[]
}): Markup {
  const { sheet, doors } = view
  const [web, ...others] = doors
  const a6 = html`<section class="slip card-a6" aria-label="Thẻ"><p class="slip-name">Đồng Hành</p>
<p>Có điều muốn hỏi?</p>
<div class="slip-codes"><figure class="web-door">${raw(web!.qr)}</figure></div>
<p>Không cần nói tên, không cần cài gì.</p><p class="slip-small">${web!.shown}</p>
${others.length === 0 ? '' : html`<div class="slip-codes more-doors">${others.map((door) => html`<figure>${raw(door.qr)}<figcaption>${door.name}</figcaption></figure>`)}</div><p class="slip-small">${others.map(({ name }) => name).join(', ')} biết tài khoản của bạn là ai.</p>`}
<p class="slip-small">Nguy cấp: gọi 115, 113, 111</p></section>`
  const small = html`<section class="card-small"><div>${raw(web!.qr)}</div><div><p class="slip-name">Đồng Hành</p><p>Có điều muốn hỏi?<br>Không cần nói tên.</p><p class="slip-small">${web!.shown}</p></div></section>`
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="${sheet === 'a4' ? 'kit' : 'desk-one'}" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="/desk/loi-vao">← Lối vào</a></p><h1>Thẻ: ${view.name}</h1>
<p><button type="button" data-print hidden>In</button> <span class="small">${sheet === 'a4' ? 'Khổ A4, cắt thành 8 thẻ.' : 'Khổ A6.'} Thẻ không ghi tên nơi này, không ghi chuyện gì.</span></p></div>
${sheet === 'a4' ? html`<div class="card-sheet">${Array.from({ length: CARDS }, () => small)}</div>` : a6}
</main><footer id="tien-ich" hidden></footer>`,
  })
}
