import { html } from 'hono/html'
import { checks, choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface BroadcastItem {
  id: string
  state: string
  point: string
  begins: string
  made: string
  by: string
}

/** Messages to many, the newest first. */
export function broadcastsPage(view: {
  reader: Reader
  items: readonly BroadcastItem[]
  /** Texts that come round with the calendar, the next first. */
  templates: readonly { id: string; title: string; when: string }[]
  done: string | null
}): Markup {
  const { items, templates } = view
  return deskPage({
    reader: view.reader,
    tab: 'broadcasts',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Tin báo</h1>
<p class="small">Một lời nhắn tới nhiều người đã đồng ý nhận (họ nhắn “nhận tin”): lớp học, buổi sinh hoạt, ngày tư vấn lưu động. Không dùng để hỏi thăm riêng ai.</p>
<p><a class="button" href="/desk/tin/moi">Soạn tin báo</a></p>
${templates.length === 0 ? '' : html`<details><summary>Mẫu theo lịch</summary><ul class="plain">${templates.map((one) => html`<li><a class="more" href="/desk/tin/moi?mau=${one.id}">${one.title}</a> <span class="meta">${one.when}</span></li>`)}</ul></details>`}
${items.length === 0 ? html`<p class="small">Chưa có tin nào.</p>` : html`<ul class="tickets">${items.map((one) => html`<li class="visit"><a href="/desk/tin/${one.id}"><span class="title"><b>${one.begins}</b> · ${one.state}</span><span class="meta">${one.point} · ${one.by} soạn ${one.made}</span></a></li>`)}</ul>`}`,
  })
}

export interface BroadcastDraft {
  point: string
  text: string
  who: readonly string[]
  channels: readonly string[]
  clubs: readonly string[]
  languages: readonly string[]
  entrances: readonly string[]
  stages: readonly string[]
  communes: string
  day: string
  time: string
  until: string
}

export function broadcastFormPage(view: {
  reader: Reader
  formId: string
  draft: BroadcastDraft
  points: readonly Choice[]
  who: readonly Choice[]
  channels: readonly Choice[]
  clubs: readonly Choice[]
  languages: readonly Choice[]
  entrances: readonly Choice[]
  stages: readonly Choice[]
  today: string
  problem: string | null
}): Markup {
  const { draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'broadcasts',
    self: null,
    main: html`<p><a class="back" href="/desk/tin">← Tin báo</a></p>${notice(view.problem)}
<h1>Soạn tin báo</h1>
<form method="post" action="/desk/tin/moi" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
${choice({ name: 'point', label: 'Cho người của điểm', of: view.points, value: draft.point })}
<p class="field"><label for="text">Lời nhắn</label><textarea id="text" name="text" rows="5" maxlength="600" required aria-describedby="text-hint">${draft.text}</textarea>
<span class="small" id="text-hint">Tối đa 600 ký tự. Người khác có thể đọc trên màn hình khoá, nên lời không được lộ chuyện của người nhận; máy sẽ chỉ ra chữ nào lộ.</span></p>
${checks({ name: 'who', label: 'Ai nhận (để trống là mọi người)', of: view.who, chosen: draft.who })}
${checks({ name: 'channels', label: 'Qua kênh nào (để trống là mọi kênh)', of: view.channels, chosen: draft.channels })}
<details${draft.clubs.length + draft.languages.length + draft.entrances.length + draft.stages.length > 0 ? html` open` : ''}><summary>Chọn hẹp hơn: câu lạc bộ, giai đoạn, tiếng, lối vào</summary>
${view.clubs.length === 0 ? '' : checks({ name: 'clubs', label: 'Hội viên câu lạc bộ', of: view.clubs, chosen: draft.clubs })}
${checks({ name: 'stages', label: 'Giai đoạn (cán bộ ghi với lời đồng ý)', of: view.stages, chosen: draft.stages })}
${view.entrances.length === 0 ? '' : checks({ name: 'entrances', label: 'Vào bằng mã in trên', of: view.entrances, chosen: draft.entrances })}
${checks({ name: 'languages', label: 'Muốn nói tiếng', of: view.languages, chosen: draft.languages })}</details>
<p class="field"><label for="communes">Chỉ ở xã, phường (mỗi dòng một nơi; để trống là mọi nơi)</label><textarea id="communes" name="communes" rows="3">${draft.communes}</textarea></p>
<div class="days"><p class="field"><label for="day">Gửi từ ngày</label><input id="day" name="day" type="date" min="${view.today}" value="${draft.day}"></p>
<p class="field"><label for="time">Giờ</label><input id="time" name="time" type="time" value="${draft.time}"></p>
<p class="field"><label for="until">Sau hết ngày này thì thôi không gửi</label><input id="until" name="until" type="date" min="${view.today}" value="${draft.until}"></p></div>
<button>Xem trước</button></form>`,
  })
}

export interface BroadcastView {
  reader: Reader
  path: string
  formId: string
  text: string
  state: string
  facts: readonly (readonly [name: string, value: string])[]
  /** Before it was let go: how many it would reach, and why others are left out. */
  reach: { people: number; excluded: readonly (readonly [reason: string, count: number])[] } | null
  outcomes: readonly (readonly [outcome: string, count: number])[]
  /** What this reader may do, and why not more. */
  mayApprove: boolean
  why: string | null
  verbs: readonly ('pause' | 'resume' | 'stop')[]
  message: string | null
  done: string | null
}

const VERBS = { pause: 'Tạm dừng', resume: 'Gửi tiếp', stop: 'Dừng hẳn' } as const

/** One message to many: who gets it and who does not, the approval, and what became of it. */
export function broadcastPage(view: BroadcastView): Markup {
  const { path, formId, reach, outcomes } = view
  return deskPage({
    reader: view.reader,
    tab: 'broadcasts',
    self: null,
    main: html`<p><a class="back" href="/desk/tin">← Tin báo</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>Tin báo: ${view.state}</h1>
<blockquote class="words">${view.text}</blockquote>
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${
  reach === null
    ? ''
    : html`<h2>Sẽ gửi tới <span class="count">${reach.people} người</span></h2>
${reach.excluded.length === 0 ? html`<p class="small">Không ai trong số được chọn bị bỏ ra.</p>` : html`<p class="small">Trong số được chọn, không gửi cho:</p><ul class="plain">${reach.excluded.map(([reason, count]) => html`<li>${count} người: ${reason}</li>`)}</ul>`}
${view.why === null ? '' : html`<p class="notice" role="note">${view.why}</p>`}
${view.mayApprove ? html`<form method="post" action="${path}/approve"><input type="hidden" name="id" value="${formId}"><label class="check"><input type="checkbox" name="read" value="yes" required> Tôi đã đọc lời nhắn và con số trên</label><button>Gửi tới ${reach.people} người</button></form>` : ''}`
}
${outcomes.length === 0 ? '' : html`<h2>Kết quả</h2><ul class="plain">${outcomes.map(([outcome, count]) => html`<li>${count} ${outcome}</li>`)}</ul>`}
${view.verbs.map((verb) => html`<form method="post" action="${path}/${verb}"><input type="hidden" name="id" value="${formId}-${verb}"><button class="second">${VERBS[verb]}</button></form>`)}`,
  })
}
