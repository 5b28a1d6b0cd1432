import { html } from 'hono/html'
import { choice, hidden } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface SpokenDraft {
  topic: string
  language: string
  transcript: string
  speaker: string
  recordedOn: string
  consent: boolean
}

export interface SpokenItem {
  topic: string
  language: string
  form: string
  at: number
  title: string
  spokenIn: string
  facts: string
  transcript: string
  /** Why it should be listened to again. */
  stale: string | null
  enabled: boolean
  src: string
}

/** The recordings of texts: what there is, who may hear it, and a form for one more. */
export function spokenPage(view: {
  reader: Reader
  items: readonly SpokenItem[]
  mayEnable: boolean
  topics: readonly Choice[]
  languages: readonly Choice[]
  draft: SpokenDraft
  today: string
  longest: number
  problem: string | null
  done: string | null
}): Markup {
  const { items, draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<div class="desk-one">${notice(view.problem)}${notice(view.done, 'done')}
<h1>Bản ghi âm các bài <span class="count">${items.length}</span></h1>
<p class="small">Người nói tiếng của mình mở bài thì được gửi bản nghe (Telegram, web; Zalo khi có tệp .aac), cùng lời tiếng Việt. Bản ghi cũng để phát trên loa. Không dịch bằng máy: phải do người nói tiếng ấy đọc.</p>
${items.length === 0 ? html`<p class="small">Chưa có bản ghi nào.</p>` : html`<ul class="tickets">${items.map((one) => spokenItem(one, view.mayEnable))}</ul>`}
<h2>Thêm một bản ghi</h2>
<form method="post" action="/desk/ban-ghi" enctype="multipart/form-data" autocomplete="off">
${choice({ name: 'topic', label: 'Bài', of: view.topics, value: draft.topic })}
${choice({ name: 'language', label: 'Tiếng', of: view.languages, value: draft.language })}
<p class="field"><label for="sound">Tệp ghi âm (ogg, mp3, m4a; cho Zalo: aac; tối đa 700 kB)</label><input id="sound" name="sound" type="file" accept="audio/*"></p>
<p class="field"><label for="transcript">Lời ấy bằng tiếng Việt (bắt buộc)</label><textarea id="transcript" name="transcript" rows="5" maxlength="${view.longest}" required>${draft.transcript}</textarea></p>
<div class="days"><p class="field"><label for="speaker">Ai nói</label><input id="speaker" name="speaker" type="text" maxlength="80" required value="${draft.speaker}"></p>
<p class="field"><label for="recordedOn">Ghi âm ngày</label><input id="recordedOn" name="recordedOn" type="date" max="${view.today}" required value="${draft.recordedOn}"></p></div>
<label class="check"><input type="checkbox" name="consent" value="yes" required ${draft.consent ? 'checked' : ''}> Người nói đồng ý cho phát giọng của mình, và biết có thể rút lại bất cứ lúc nào</label>
<p class="small">Cùng bài, cùng tiếng thì bản mới thay bản cũ. Người nói rút lời đồng ý: bấm “Bỏ”, tệp bị xoá.</p>
<button>Lưu bản ghi</button></form></div>`,
  })
}

function spokenItem(one: SpokenItem, mayEnable: boolean): Markup {
  const keys = [hidden('topic', one.topic), hidden('language', one.language), hidden('form', one.form)]
  return html`<li class="place"><p><b>${one.title}</b> · ${one.spokenIn}<br><span class="meta">${one.facts}</span></p>
${one.stale === null ? '' : html`<p class="late">${one.stale}</p>`}
<audio controls preload="none" src="${one.src}"></audio>
<details><summary>Lời tiếng Việt</summary><p class="words">${one.transcript}</p></details>
${
  mayEnable && !one.enabled
    ? html`<form method="post" action="/desk/ban-ghi/bat">${keys}${hidden('at', String(one.at))}<label class="check"><input type="checkbox" name="sure" value="yes" required> Tôi đã nghe cùng người hiểu tiếng này; lời đúng với bản chữ</label><button>Cho dùng</button></form>`
    : ''
}
<details><summary>Bỏ bản ghi này</summary><form method="post" action="/desk/ban-ghi/bo">${keys}<button class="second">Bỏ, xoá tệp</button></form></details></li>`
}
