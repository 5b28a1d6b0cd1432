import { html, raw } from 'hono/html'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface ContestItem {
  id: string
  title: string
  state: string
  facts: string
}

/** The contests, and what audiences knew before and after a talk. */
export function contestsPage(view: {
  reader: Reader
  items: readonly ContestItem[]
  gains: readonly { audience: string; before: number; after: number; tries: readonly [number, number] }[]
  fewest: number
  mayAdd: boolean
  done: string | null
}): Markup {
  const { items, gains } = view
  return deskPage({
    reader: view.reader,
    tab: 'contests',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Cuộc thi tìm hiểu</h1>
<p class="small">Mỗi người thi một lần, không cần tên. Ở đây chỉ có con số chung: máy không lưu ai chọn câu nào, ai được mấy điểm.</p>
${view.mayAdd ? html`<p><a class="button" href="/desk/cuoc-thi/moi">Mở một cuộc thi</a></p>` : ''}
${items.length === 0 ? html`<p class="small">Chưa có cuộc thi nào.</p>` : html`<ul class="tickets">${items.map((one) => html`<li class="visit"><a href="/desk/cuoc-thi/${one.id}"><span class="title"><b>${one.title}</b> · ${one.state}</span><span class="meta">${one.facts}</span></a></li>`)}</ul>`}
<h2>Trước và sau buổi nói chuyện</h2>
${
  gains.length === 0
    ? html`<p class="small">Chưa có cuộc thi hai phần nào đã đóng cả hai, mỗi phần từ ${view.fewest} bài trở lên.</p>`
    : html`<div class="table" tabindex="0" role="region" aria-label="Trước và sau"><table><thead><tr><th scope="col">Nhóm</th><th scope="col">Bài trước</th><th scope="col">Đúng trước</th><th scope="col">Bài sau</th><th scope="col">Đúng sau</th><th scope="col">Thay đổi</th></tr></thead><tbody>${gains.map((one) => html`<tr><th scope="row">${one.audience}</th><td>${one.tries[0]}</td><td>${one.before}%</td><td>${one.tries[1]}</td><td>${one.after}%</td><td>${change(one.after - one.before)}</td></tr>`)}</tbody></table></div>
<p class="small">So hai nhóm bài, không so từng người: người làm trước và người làm sau có thể không hoàn toàn là một.</p>`
}`,
  })
}

const change = (points: number): string => `${points > 0 ? '+' : ''}${points} điểm phần trăm`

export interface ContestView {
  reader: Reader
  id: string
  formId: string
  title: string
  facts: readonly (readonly [string, string])[]
  /** What may be done with it now: what the button says, and what it sends. */
  acts: readonly { verb: string; phase?: string; label: string; second: boolean }[]
  mayChange: boolean
  mayEnd: boolean
  mayHand: boolean
  results: readonly { phase: string; tries: string; mean: string; going: boolean }[]
  questions: readonly {
    question: string
    answer: string
    topic: string
    changed: boolean
    shares: readonly string[]
  }[]
  phases: readonly string[]
  ways: { web: string; telegram: string | null }
  codes: { given: number; handed: number } | null
  /** What the code that was just typed is. */
  code: { typed: string; words: string; mayHand: boolean } | null
  fewest: number
  done: string | null
  problem: string | null
}

/** One contest: how it stands, the ways in, what is done with it, and its counts. */
export function contestPage(view: ContestView): Markup {
  const path = `/desk/cuoc-thi/${view.id}`
  const id = (name: string) => html`<input type="hidden" name="id" value="${view.formId}-${name}">`
  return deskPage({
    reader: view.reader,
    tab: 'contests',
    self: null,
    main: html`<p><a class="back" href="/desk/cuoc-thi">← Cuộc thi</a></p>${notice(view.problem)}${notice(view.done, 'done')}
<h1>${view.title}</h1>
<dl class="answers">${view.facts.map(([term, words]) => html`<div><dt>${term}</dt><dd><b>${words}</b></dd></div>`)}</dl>
${view.acts.length === 0 ? '' : html`<p class="small">Mở thì ai có mã, hoặc nhắn “cuộc thi”, đều vào được trong những ngày trên. Đóng rồi mở lại được.</p>`}
${view.acts.map((one) => html`<form method="post" action="${path}/${one.verb}" class="act">${id(`${one.verb}${one.phase ?? ''}`)}${one.phase === undefined ? '' : html`<input type="hidden" name="phase" value="${one.phase}">`}<button${one.second ? html` class="second"` : ''}>${one.label}</button></form>`)}
${view.mayChange ? html`<p><a class="more" href="${path}/sua">Sửa</a></p>` : ''}
<h2>Lối vào</h2>
<p>Web: <a href="${view.ways.web}">${view.ways.web}</a></p>${view.ways.telegram === null ? '' : html`<p>Telegram: <a href="${view.ways.telegram}" rel="noreferrer">${view.ways.telegram}</a></p>`}
<p class="small">Zalo và mọi kênh khác: nhắn “cuộc thi”. <a href="${path}/to-in">Tờ có mã để in</a></p>
<h2>Kết quả</h2>
<p class="small">Chỉ có con số chung. Dưới ${view.fewest} bài thì không hiện; phần đang mở chỉ hiện số bài, đóng rồi mới hiện điểm, để không ai đoán ra bài của người vừa làm.</p>
<div class="table" tabindex="0" role="region" aria-label="Kết quả"><table><thead><tr><th scope="col">Phần</th><th scope="col">Số bài</th><th scope="col">Đúng trung bình</th></tr></thead><tbody>${view.results.map((one) => html`<tr><th scope="row">${one.phase}</th><td>${one.tries}</td><td>${one.going ? 'đang mở' : one.mean}</td></tr>`)}</tbody></table></div>
${view.codes === null ? '' : prize(view, view.codes)}
<h2>Câu hỏi</h2>
<ol class="quiz">${view.questions.map((one) => html`<li>${one.question}<p class="small">Đúng: ${one.answer} · bài “${one.topic}”${one.changed ? html` · <b>thư viện đã sửa câu này</b>` : ''}${one.shares.length === 0 ? '' : html`<br>${view.phases.map((phase, i) => html`${i > 0 ? ' · ' : ''}${phase}: ${one.shares[i]} đúng`)}`}</p></li>`)}</ol>
${
  view.mayEnd
    ? html`<details><summary>Kết thúc hẳn</summary><p class="small">Không mở lại được nữa. Máy xoá hết dấu “ai đã thi”, chỉ giữ con số.</p><form method="post" action="${path}/ket-thuc">${id('ket-thuc')}<button class="second">Kết thúc cuộc thi này</button></form></details>`
    : ''
}`,
  })

  function prize({ code, mayHand }: ContestView, codes: { given: number; handed: number }): Markup {
    return html`<h2>Quà</h2><p class="small">Đã đưa ${codes.given} mã, đã trao ${codes.handed} phần. Mã không ghi tên: ai cầm mã thì người ấy nhận, bạn không cần hỏi tên.</p>
${
  mayHand
    ? html`<form method="post" action="${path}/ma">${id('ma')}<p class="field"><label for="code">Mã người đến đưa</label><input id="code" name="code" type="text" autocomplete="off" autocapitalize="characters" maxlength="20" required value="${code?.typed ?? ''}"></p><button class="second">Kiểm mã</button></form>`
    : ''
}
${code === null ? '' : html`<p role="status"><b>${code.words}</b></p>${code.mayHand ? html`<form method="post" action="${path}/trao">${id('trao')}<input type="hidden" name="code" value="${code.typed}"><button>Đã trao quà</button></form>` : ''}`}`
  }
}

/** A sheet to hang up: what it is, and the way in. */
export function contestSheet(view: {
  id: string
  title: string
  until: string
  questions: number
  ways: readonly { name: string; qr: string; address: string }[]
}): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="kit" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="/desk/cuoc-thi/${view.id}">← Cuộc thi</a></p><p><button type="button" data-print hidden>In</button></p></div>
<h1>${view.title}</h1><p>${view.questions} câu · mở đến hết ngày ${view.until} · không cần tên</p>
<section class="cards">${view.ways.map((one) => html`<article><h2>${one.name}</h2><div class="kit-qr">${raw(one.qr)}</div><p class="small">${one.address}</p></article>`)}</section>
<p>Trên Zalo: nhắn <b>cuộc thi</b>. Mỗi người một lần tính điểm; muốn ôn bao nhiêu lần cũng được: nhắn <b>đố vui</b>.</p>
</main><footer id="tien-ich" hidden></footer>`,
  })
}
