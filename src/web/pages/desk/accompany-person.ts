import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface AccompanyPersonView {
  reader: Reader
  formId: string
  /** Where the forms go, with who is meant. */
  path: Markup | string
  back: string
  code: string
  /** Their supporter, in facts; null: none. */
  supporter: { name: string; facts: readonly string[]; every: string } | null
  /** Who they are asked about; null: nobody. */
  offer: string | null
  supporters: readonly Choice[]
  rhythms: readonly Choice[]
  today: string
  walkIn: boolean
  /** Null: they did not say yes to a month being looked back at. */
  months: readonly { month: string; rows: readonly { side: string; values: readonly string[] }[] }[] | null
  scores: readonly { name: string; label: string }[]
  levels: readonly Choice[]
  sides: readonly Choice[]
  monthChoices: readonly Choice[]
  /** Only while the person shares it. */
  plan: Markup | string | null
  mayWrite: boolean
  problem: string | null
  done: string | null
}

/** Walking beside one person: who does, when they are asked after, how their months look, and their plan if they share it. */
export function accompanyPersonPage(view: AccompanyPersonView): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'accompany',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>${notice(view.done, 'done')}${notice(view.problem)}
<h1>Đồng hành · ${view.code}</h1>
${view.supporter ? html`<p><b>${view.supporter.name}</b> <span class="meta">${view.supporter.facts.join(' · ')}</span></p>` : html`<p class="small">Chưa có người đồng hành.</p>`}
${view.offer === null ? '' : html`<p class="small">Đang hỏi ý về <b>${view.offer}</b>, người ấy chưa trả lời.</p>`}
${view.mayWrite ? supporterForms(view) : ''}
<h2 id="thang">Theo tháng</h2>
${view.months === null ? html`<p class="small">Người ấy chưa đồng ý nhìn lại theo tháng.</p>` : monthTable(view.months, view.scores)}
${view.mayWrite ? monthForm(view) : ''}
${view.plan === null ? '' : html`<h2>Kế hoạch</h2><p>Người ấy đồng ý cho xem. <a class="more" href="${view.plan}">Mở, in kế hoạch</a></p>`}`,
  })
}

function supporterForms(view: AccompanyPersonView): Markup {
  const start = (what: string) =>
    html`<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}-${what}"><input type="hidden" name="lam" value="${what}">`
  const said = (value: string, label: string) =>
    html`<label class="check"><input type="radio" name="said" value="${value}" required> ${label}</label>`
  const assign = html`<details ${view.supporter ? '' : html`open`}><summary>${view.supporter ? 'Giới thiệu người khác' : 'Giới thiệu người đồng hành'}</summary>
${
  view.supporters.length === 0
    ? html`<p class="small">Điểm chưa ghi ai. Phụ trách điểm ghi ở <a href="/desk/nguoi-do-dau">Người đồng hành</a>.</p>`
    : html`${start('gioi-thieu')}${choice({ name: 'supporter', label: 'Người đồng hành', of: view.supporters })}
<fieldset><legend>Người ấy đã nói gì</legend>${view.walkIn ? '' : said('moi', 'Chưa hỏi: nhắn để người ấy tự trả lời')}${said('co', 'Đã đồng ý khi nói chuyện với tôi')}</fieldset>
<p class="small">Trước khi hỏi, nói rõ là ai và người ấy sẽ biết gì. Người đồng hành chỉ được biết tên gọi và cách liên lạc người ấy đã cho. Tin hỏi ý không nói gì trên màn hình khoá.</p><button>Gửi hoặc ghi</button></form>`
}</details>`
  if (!view.supporter) return assign
  return html`<details open><summary>Ghi đã hỏi thăm</summary>${start('gap')}<p class="field"><label for="on">Ngày nói chuyện được</label><input id="on" name="on" type="date" value="${view.today}" max="${view.today}" required></p><button>Ghi</button></form></details>
<details><summary>Nhịp hỏi thăm</summary>${start('nhip')}${choice({ name: 'every', label: 'Hỏi thăm', of: view.rhythms, value: view.supporter.every })}<button class="second">Đổi nhịp</button></form></details>
${assign}
<details><summary>Thôi</summary>${start('thoi')}<p class="small">Khi chính người ấy nói vậy, hoặc người đồng hành không đi cùng được nữa. Không cần lý do.</p><button class="second">Ghi là đã thôi</button></form></details>`
}

function monthTable(months: NonNullable<AccompanyPersonView['months']>, scores: AccompanyPersonView['scores']): Markup {
  if (months.length === 0) return html`<p class="small">Chưa có tháng nào.</p>`
  return html`<div class="table" tabindex="0" role="region" aria-label="Theo tháng"><table><thead><tr><th scope="col">Tháng</th><th scope="col">Ai</th>${scores.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead><tbody>${months.flatMap(({ month, rows }) => rows.map((row) => html`<tr><th scope="row">${month}</th><td>${row.side}</td>${row.values.map((value) => html`<td>${value}</td>`)}</tr>`))}</tbody></table></div>
<p class="small">0 rất khó · 1 còn khó · 2 tạm được · 3 tốt. Để cùng nhìn, không để xếp loại ai.</p>`
}

function monthForm(view: AccompanyPersonView): Markup {
  return html`<details><summary>Ghi một tháng</summary><form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}-thang"><input type="hidden" name="lam" value="thang">
${choice({ name: 'month', label: 'Tháng', of: view.monthChoices })}${choice({ name: 'side', label: 'Góc nhìn của', of: view.sides })}
${view.scores.map(({ name, label }) => html`<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">Không ghi</option>${view.levels.map((one) => html`<option value="${one.value}">${one.value} · ${one.label}</option>`)}</select></p>`)}
${view.months === null ? html`<label class="check"><input type="checkbox" name="agreed" value="yes"> Người ấy đồng ý được hỏi thăm theo tháng, sau khi nghe hỏi những gì và ai xem được</label>` : ''}
<p class="small">Năm câu này không câu nào về chuyện dùng; đừng ghi chuyện ấy vào đâu cả.</p><button class="second">Ghi</button></form></details>`
}
