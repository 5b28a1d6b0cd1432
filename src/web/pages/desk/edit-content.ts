import { html } from 'hono/html'
import type { SourceName, TopicFields } from '../../../app/editing.ts'
import { checks, hidden } from '../form.ts'
import type { Markup } from '../layout.ts'
import { type DiffRow, diffList, type FindingItem, findingList } from './edit-parts.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface UnitItem {
  path: string
  title: string
  /** What is to be known of it: a draft that waits, a revision that holds. */
  notes: readonly string[]
}

/** Everything that may be edited, what waits for a second person first. */
export function editListPage(view: {
  reader: Reader
  waiting: readonly UnitItem[]
  live: readonly UnitItem[]
  topics: readonly UnitItem[]
  words: readonly UnitItem[]
  /** Is editing possible here, or only approving. */
  edits: boolean
}): Markup {
  const group = (title: string, items: readonly UnitItem[]) =>
    html`<details><summary>${title} <span class="count">${items.length}</span></summary><ul class="tickets">${items.map(row)}</ul></details>`
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<p><a class="back" href="/desk/noi-dung">← Nội dung</a></p><h1>Sửa nội dung</h1>
<p class="small">Sửa ở đây thành bản nháp. Người thứ hai đọc và duyệt thì máy dùng ngay, không phải khởi động lại. Thẻ khẩn cấp, lời chung của máy, các luồng an toàn và lời hỏi đồng ý không sửa ở đây.</p>
${view.edits ? '' : html`<p class="notice" role="note">Máy chủ này không giữ tệp gốc nên chỉ duyệt được. Soạn ở máy có tệp rồi đưa lên bằng lệnh content import.</p>`}
<h2>Chờ duyệt <span class="count">${view.waiting.length}</span></h2>
${view.waiting.length === 0 ? html`<p class="small">Không có bản nháp nào đang chờ.</p>` : html`<ul class="tickets">${view.waiting.map(row)}</ul>`}
${view.live.length === 0 ? '' : html`<h2>Đang dùng bản sửa ở bàn <span class="count">${view.live.length}</span></h2><ul class="tickets">${view.live.map(row)}</ul>`}
${group('Các bài', view.topics)}${view.words.length === 0 ? '' : group('Lời các luồng', view.words)}`,
  })
}

function row(one: UnitItem): Markup {
  return html`<li class="visit"><a href="${one.path}"><span class="title"><b>${one.title}</b></span>${one.notes.map((note) => html`<span class="meta">${note}</span>`)}</a></li>`
}

/** Somebody else saved in the meantime: theirs and one's own, and nothing is lost. */
export interface Conflict {
  by: string
  theirs: string
  mine: string
  diff: readonly DiffRow[]
}

export interface EditView {
  reader: Reader
  path: string
  title: string
  facts: readonly string[]
  /** From which revision this text goes on, the last there was, and the hash of what was shown. */
  from: number
  after: number
  base: string
  fields: TopicFields | null
  /** The whole file, where it is not shown as fields. */
  text: string
  note: string
  sources: readonly SourceName[]
  audiences: readonly { value: string; label: string }[]
  reviewers: readonly { value: string; label: string }[]
  statuses: readonly { value: string; label: string }[]
  findings: readonly FindingItem[]
  conflict: Conflict | null
  message: string | null
}

/** One text to be edited: a field for each thing an editor changes. */
export function editPage(view: EditView): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<p><a class="back" href="/desk/noi-dung/sua">← Sửa nội dung</a></p>${notice(view.message)}
${view.conflict === null ? '' : conflictPart(view.conflict)}
<h1>Sửa: ${view.title}</h1>
<p class="small">${view.facts.map((fact) => html`${fact}<br>`)}</p>
${findingList(view.findings, true)}
<form method="post" action="${view.path}" autocomplete="off" class="edit">${hidden('from', String(view.from))}${hidden('after', String(view.after))}${hidden('base', view.base)}
${view.fields === null ? wholeText(view.text) : topicFields(view.fields, view)}
<p class="field"><label for="note">Sửa gì, vì sao (người duyệt đọc trước)</label><input id="note" name="note" maxlength="200" value="${view.note}"></p>
<button>${view.conflict === null ? 'Lưu bản nháp và xem thử' : 'Lưu bản của tôi'}</button></form>
<p><a class="more" href="${view.path}/lich-su">Các bản trước</a></p>`,
  })
}

function conflictPart({ by, theirs, mine, diff }: Conflict): Markup {
  return html`<section class="conflict" aria-label="Hai bản khác nhau"><p class="notice" role="alert"><b>Chưa lưu.</b> Trong lúc bạn viết, ${by} đã lưu một bản khác. Lời của bạn còn nguyên ở dưới. Bạn so hai bản, chép sang điều cần giữ, rồi bấm “Lưu bản của tôi”. Bản kia vẫn nằm trong lịch sử.</p>
<h2>Từ bản của ${by} sang bản của bạn</h2>${diffList(diff)}
<details><summary>Xem trọn hai bản</summary><div class="two"><div><h3>Bản của ${by}</h3><pre class="raw">${theirs}</pre></div><div><h3>Bản của bạn</h3><pre class="raw">${mine}</pre></div></div></details></section>`
}

function wholeText(text: string): Markup {
  return html`<p class="field"><label for="text">Cả tệp</label><textarea id="text" name="text" rows="24" spellcheck="false" class="whole" aria-describedby="text-hint">${text}</textarea>
<span class="small" id="text-hint">Mỗi câu nằm dưới một dòng “## tên”. Tên và mã của lựa chọn thì giữ nguyên. {bạn}, {Bạn} tự đổi theo cách người nhắn xưng.</span></p>`
}

const area = (name: string, label: string, value: string, rows: number, hint: string) =>
  html`<p class="field"><label for="${name}">${label}</label><textarea id="${name}" name="${name}" rows="${rows}" aria-describedby="${name}-hint">${value}</textarea><span class="small" id="${name}-hint">${hint}</span></p>`
const line = (name: string, label: string, value: string, hint = '') =>
  html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value}"${hint === '' ? '' : html` aria-describedby="${name}-hint"`}>${hint === '' ? '' : html`<span class="small" id="${name}-hint">${hint}</span>`}</p>`
const day = (name: string, label: string, value: string) =>
  html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${value}"></p>`

function topicFields(fields: TopicFields, view: EditView): Markup {
  return html`${line('title', 'Tên bài', fields.title, 'Nhiều nhất 32 ký tự: tên này là một nút bấm.')}
${area('card', 'Thẻ', fields.card, 6, 'Nhiều nhất 60 chữ, một việc cần làm. Chữ đậm viết **như thế này**. {bạn}, {Bạn} tự đổi theo cách xưng.')}
${area('more', 'Đọc thêm', fields.more, 16, 'Nhiều nhất 1500 ký tự. Để trống một dòng giữa hai đoạn.')}
${area('loa', 'Bài đọc loa (để trống nếu không có)', fields.loa, 6, 'Câu nhiều nhất 12 chữ, cả bài 1 đến 3 phút. Không nhắc ai trong xã.')}
${area('poster', 'Dòng áp phích (để trống nếu không có)', fields.poster, 2, 'Một dòng, nhiều nhất 20 chữ.')}
${area('questions', 'Câu người ta hay hỏi', fields.questions, 8, 'Mỗi dòng một câu, viết như người ta nhắn. Máy tìm bài theo những câu này.')}
<div id="audiences">${checks({ name: 'audiences', label: 'Dành cho ai', of: view.audiences, chosen: fields.audiences })}</div>
${line('tags', 'Nhóm', fields.tags, 'Mã không dấu, cách nhau bằng dấu phẩy; ví dụ: hoc-phong-tai.')}
<fieldset id="sources"><legend>Nguồn</legend>${[...fields.sources, ...Array.from({ length: 2 }, () => ({ id: '', article: '' }))].map((one, i) => source(one, i, view.sources))}</fieldset>
<div class="days">${day('asOf', 'Kiểm tra ngày', fields.asOf)}${day('written', 'Viết ngày', fields.written)}${day('reviewBy', 'Xem lại trước ngày', fields.reviewBy)}</div>
<div class="days">${select('reviewedRole', 'Người ký', view.reviewers, fields.reviewedRole)}${day('reviewedOn', 'Ký ngày', fields.reviewedOn)}${select('status', 'Trạng thái', view.statuses, fields.status)}</div>
<details id="quiz"${fields.quiz.length > 0 ? html` open` : ''}><summary>Câu đố (nhiều nhất 4)</summary>${Array.from({ length: 4 }, (_, i) => quiz(fields.quiz[i], i))}</details>`
}

const RIGHT = ['1', '2', '3', '4'].map((value) => ({ value, label: `câu thứ ${value}` }))

/** A choice of which an empty one may be one. */
function select(name: string, label: string, of: readonly Choice[], value: string, id = name): Markup {
  return html`<p class="field"><label for="${id}">${label}</label><select id="${id}" name="${name}">${of.map((one) => html`<option value="${one.value}" ${one.value === value ? 'selected' : ''}>${one.label}</option>`)}</select></p>`
}

function source(one: { id: string; article: string }, i: number, known: readonly SourceName[]): Markup {
  const strange = one.id !== '' && !known.some(({ id }) => id === one.id)
  const options = [
    { id: '', title: i === 0 ? 'Chọn nguồn' : 'Không thêm' },
    ...(strange ? [{ id: one.id, title: one.id }] : []),
    ...known,
  ]
  return html`<div class="source"><p class="field"><label for="source-${i}">Nguồn ${i + 1}</label><select id="source-${i}" name="source">${options.map(({ id, title }) => html`<option value="${id}" ${id === one.id ? 'selected' : ''}>${title}</option>`)}</select></p>
<p class="field"><label for="article-${i}">Điều, khoản</label><input id="article-${i}" name="article" maxlength="60" value="${one.article}"></p></div>`
}

function quiz(one: TopicFields['quiz'][number] | undefined, i: number): Markup {
  const { question = '', answers = [], right = '1', why = '' } = one ?? {}
  return html`<fieldset><legend>Câu ${i + 1}</legend>
<p class="field"><label for="quiz-question-${i}">Câu hỏi</label><input id="quiz-question-${i}" name="quiz-question" maxlength="160" value="${question}"></p>
<p class="field"><label for="quiz-answers-${i}">Các câu trả lời (mỗi dòng một câu)</label><textarea id="quiz-answers-${i}" name="quiz-answers" rows="4">${answers.join('\n')}</textarea></p>
${select('quiz-right', 'Câu đúng', RIGHT, right, `quiz-right-${i}`)}
<p class="field"><label for="quiz-why-${i}">Vì sao</label><input id="quiz-why-${i}" name="quiz-why" maxlength="200" value="${why}"></p></fieldset>`
}
