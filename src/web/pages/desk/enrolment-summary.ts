import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

/** What somebody carries with them: their code, where to go, what to bring. Their name only if they wish it. */
export interface SummaryView {
  code: string
  name: string | null
  form: string
  point: { name: string; address: string; phone: string | null; hours: string }
  meeting: string | null
  papers: readonly { title: string; done: boolean; note: string }[]
  asOf: string
  printedOn: string
}

/** The lines of the sheet, the same on the page and in the file. */
export function summaryLines(view: SummaryView): readonly (readonly [name: string, value: string])[] {
  const { point } = view
  return [
    ['Mã', view.code],
    ...(view.name === null ? [] : [['Gọi là', view.name] as const]),
    ['Cách mong muốn', view.form],
    ['Nơi nhận', point.name],
    ['Địa chỉ', point.address],
    ...(point.phone === null ? [] : [['Điện thoại', point.phone] as const]),
    ['Giờ làm việc', point.hours],
    ['Buổi gặp', view.meeting ?? 'chưa hẹn'],
  ]
}

export const SUMMARY_NOTES = [
  'Tờ này chỉ ghi điều bạn đã đồng ý cho ghi. Đến nơi chỉ cần đọc mã.',
  'Nguy hiểm ngay lúc này: 115 (cấp cứu), 113 (công an), 111 (trẻ em).',
] as const

/** One page of A4 for the printer, or a telephone. */
export function summaryPage(view: SummaryView & { back: string; path: string; named: boolean }): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="desk-one" id="noi-dung">
<div class="no-print"><p><a class="back" href="${view.back}">← Về yêu cầu</a></p>
<p><button type="button" data-print hidden>In</button> <a class="button" href="${view.path}.docx${view.named ? '?ten=1' : ''}">Tải tệp Word</a></p>
<p class="small">${view.named ? html`Đang in cả tên gọi. <a class="more" href="${view.path}">Bỏ tên gọi</a>` : html`Không có tên gọi. <a class="more" href="${view.path}?ten=1">In kèm tên gọi</a>, khi người ấy muốn.`} Tờ này có tên giấy tờ; nhắc người ấy cất kín.</p></div>
<section class="kit summary" aria-label="Phiếu tóm tắt"><h1>Đồng Hành · ${view.code}</h1>
<dl class="answers">${summaryLines(view).map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
<h2>Mang theo</h2>
<ul class="plain">${view.papers.map(({ title, done, note }) => html`<li>${done ? '☑' : '☐'} ${title} <span class="meta">(${note})</span></li>`)}</ul>
<p class="small">Danh sách giấy tờ theo cấu hình ngày ${view.asOf}. In ngày ${view.printedOn}.</p>
${SUMMARY_NOTES.map((note) => html`<p>${note}</p>`)}
</section></main><footer id="tien-ich" hidden></footer>`,
  })
}
