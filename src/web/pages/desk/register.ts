import { html } from 'hono/html'
import { choice } from '../form.ts'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface RegisterView {
  register: string
  title: string
  about: string
  /** The names of its columns, after the day and the point. */
  columns: readonly string[]
  rows: readonly { id: string; cells: readonly string[]; withdrawn: boolean; mayWithdraw: boolean }[]
  /** The sums of the numbers, under their columns; empty where nothing is summed. */
  sums: readonly string[]
  from: string
  to: string
}

/** One book of a point, and the line to be added to it. */
export function registerPage(
  view: RegisterView & {
    reader: Reader
    formId: string
    books: readonly Choice[]
    points: readonly Choice[]
    services: readonly Choice[]
    numbers: readonly { name: string; label: string }[]
    draft: (name: string) => string
    today: string
    problem: string | null
    done: string | null
  },
): Markup {
  const { register, rows, numbers, draft, points, services } = view
  const field = (name: string, label: string, more: Markup | string = '') =>
    html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${draft(name)}" ${more}></p>`
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`${notice(view.done, 'done')}${notice(view.problem)}<h1>Sổ theo dõi</h1>
<p class="small">Sổ mà các kế hoạch yêu cầu. Chỉ ghi số, hoặc mã riêng của điểm; không ghi tên ai, không ghi bệnh hay kết quả xét nghiệm.</p>
<form method="get" action="/desk/so-theo-doi" class="days">${choice({ name: 'so', label: 'Sổ', of: view.books, value: register })}<p class="field"><label for="tu">Từ ngày</label><input id="tu" name="tu" type="date" value="${view.from}"></p><p class="field"><label for="den">Đến hết ngày</label><input id="den" name="den" type="date" value="${view.to}"></p><p class="field"><button class="second">Xem</button></p></form>
<h2>${view.title}</h2><p class="small">${view.about} <a class="more" href="/desk/so-theo-doi/in?so=${register}&amp;tu=${view.from}&amp;den=${view.to}">Bản in</a></p>
${
  points.length === 0
    ? ''
    : html`<form method="post" action="/desk/so-theo-doi/moi?so=${register}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<div class="days">${field('day', 'Ngày', html`type="date" max="${view.today}" required`)}
${points.length > 1 ? choice({ name: 'point', label: 'Của điểm', of: points, value: draft('point') }) : html`<input type="hidden" name="point" value="${points[0]!.value}">`}</div>
${register === 'licence' ? choice({ name: 'service', label: 'Nơi dịch vụ', of: services, value: draft('service') }) : field('code', 'Mã của điểm (để trống khi ghi số gộp)', html`type="text" maxlength="16"`)}
<div class="days">${numbers.map((one) => field(one.name, one.label, html`type="text" inputmode="numeric" maxlength="6"`))}</div>
<button>Ghi</button></form>`
}
${table(view, (id, mayWithdraw) => (mayWithdraw ? html`<form method="post" action="/desk/so-theo-doi/rut"><input type="hidden" name="id" value="${view.formId}-${id}"><input type="hidden" name="one" value="${id}"><button class="second">Rút</button></form>` : ''))}
${rows.length === 0 ? html`<p class="small">Chưa có dòng nào trong những ngày này.</p>` : ''}`,
  })
}

function table(view: RegisterView, action: ((id: string, mayWithdraw: boolean) => Markup | string) | null): Markup {
  const { columns, rows, sums } = view
  if (rows.length === 0 && action) return html``
  return html`<div class="table" tabindex="0" role="region" aria-label="${view.title}"><table><thead><tr>${columns.map((one) => html`<th scope="col">${one}</th>`)}${action ? html`<th scope="col">Ghi nhầm</th>` : ''}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}${row.withdrawn ? ' (đã rút)' : ''}</th>` : html`<td>${cell}</td>`))}${action ? html`<td>${action(row.id, row.mayWithdraw)}</td>` : ''}</tr>`)}</tbody>
${sums.length === 0 ? '' : html`<tfoot><tr>${sums.map((one, i) => (i === 0 ? html`<th scope="row">${one}</th>` : html`<td>${one}</td>`))}${action ? html`<td></td>` : ''}</tr></tfoot>`}</table></div>`
}

/** The book on paper, with room for names of those who sign it. */
export function registerBookPage(view: RegisterView & { back: string; period: string }): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="kit" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="${view.back}">← Sổ theo dõi</a></p><p><button type="button" data-print hidden>In</button></p></div>
<h1>${view.title}</h1><p>${view.period}</p><p class="small">${view.about}</p>
${table(view, null)}
<p>Người lập sổ: ……………………………… &nbsp; Phụ trách điểm: ………………………………</p>
</main><footer id="tien-ich" hidden></footer>`,
  })
}
