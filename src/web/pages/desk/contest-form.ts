import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ContestDraft {
  title: string
  audience: string
  point: string
  from: string
  to: string
  kind: string
  questions: readonly string[]
  prize: string
  prizeAt: string
  least: string
}

/** For whom a contest is: its questions are those of the readings for them. */
export function audiencePage(view: {
  reader: Reader
  audiences: readonly { value: string; label: string; questions: number }[]
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'contests',
    self: null,
    main: html`<p><a class="back" href="/desk/cuoc-thi">← Cuộc thi</a></p><h1>Mở một cuộc thi</h1>
<p>Cuộc thi dành cho ai? Câu hỏi lấy từ các bài viết cho người ấy.</p>
<ul class="tickets">${view.audiences.map((one) => html`<li class="visit"><a href="/desk/cuoc-thi/moi?cho=${one.value}"><span class="title"><b>${one.label}</b></span><span class="meta">${one.questions} câu hỏi</span></a></li>`)}</ul>`,
  })
}

/** One contest; what was typed and chosen stays when something in it is wrong. */
export function contestFormPage(view: {
  reader: Reader
  formId: string
  path: string
  isNew: boolean
  draft: ContestDraft
  audience: string
  points: readonly Choice[]
  topics: readonly {
    title: string
    unsigned: boolean
    questions: readonly { value: string; question: string; answer: string }[]
  }[]
  fewest: number
  most: number
  longest: { title: number; prize: number }
  problem: string | null
}): Markup {
  const { draft } = view
  const kinds = [
    { value: 'single', label: 'Một lần' },
    { value: 'pair', label: 'Hai lần: trước và sau một buổi' },
  ]
  return deskPage({
    reader: view.reader,
    tab: 'contests',
    self: null,
    main: html`<p><a class="back" href="/desk/cuoc-thi">← Cuộc thi</a></p>${notice(view.problem)}
<h1>${view.isNew ? 'Mở một cuộc thi' : 'Sửa cuộc thi'}</h1>
<p class="small">Dành cho: <b>${view.audience}</b>. Lưu rồi vẫn sửa được cho đến khi mở lần đầu; từ đó câu hỏi giữ nguyên cho mọi người như nhau.</p>
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}"><input type="hidden" name="audience" value="${draft.audience}">
<p class="field"><label for="title">Tên cuộc thi</label><input id="title" name="title" type="text" maxlength="${view.longest.title}" required value="${draft.title}"></p>
${choice({ name: 'point', label: 'Ai tổ chức', of: view.points, value: draft.point })}
<div class="days"><p class="field"><label for="from">Từ ngày</label><input id="from" name="from" type="date" required value="${draft.from}"></p>
<p class="field"><label for="to">Đến hết ngày</label><input id="to" name="to" type="date" required value="${draft.to}"></p></div>
${choice({ name: 'kind', label: 'Mỗi người làm mấy lần', of: kinds, value: draft.kind })}
<h2>Câu hỏi (từ ${view.fewest} đến ${view.most} câu)</h2>
${view.topics.length === 0 ? html`<p class="small">Chưa có bài nào cho người này có câu hỏi.</p>` : ''}
${view.topics.map(
  ({ title, unsigned, questions }) =>
    html`<fieldset><legend>${title}${unsigned ? ' (chưa ai ký duyệt)' : ''}</legend>${questions.map((one) => html`<label class="check"><input type="checkbox" name="questions" value="${one.value}" ${draft.questions.includes(one.value) ? 'checked' : ''}> <span>${one.question}<br><span class="meta">Đúng: ${one.answer}</span></span></label>`)}</fieldset>`,
)}
<details${draft.prize === '' ? '' : html` open`}><summary>Có quà</summary>
<p class="small">Ai đủ câu đúng được máy đưa một mã không ghi tên. Họ mang mã tới, bạn gõ mã vào trang này rồi trao.</p>
<p class="field"><label for="prize">Quà gì</label><input id="prize" name="prize" type="text" maxlength="${view.longest.prize}" value="${draft.prize}"></p>
<p class="field"><label for="prize_at">Trao ở đâu, giờ nào</label><input id="prize_at" name="prize_at" type="text" maxlength="${view.longest.prize}" value="${draft.prizeAt}"></p>
<p class="field"><label for="least">Đúng từ mấy câu thì được (để trống: từ 1 câu)</label><input id="least" name="least" type="text" inputmode="numeric" maxlength="2" value="${draft.least}"></p></details>
<button>Lưu</button></form>`,
  })
}
