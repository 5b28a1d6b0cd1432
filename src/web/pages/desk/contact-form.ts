import { html } from 'hono/html'
import type { Markup } from '../layout.ts'

/** What a form about a call or a visit holds, as typed. */
export interface ContactDraft {
  kind: string
  outcome: string
  note: string
  next: string
  callOn: string
}

export const EMPTY_CONTACT: ContactDraft = { kind: '', outcome: '', note: '', next: '', callOn: '' }

export const KIND_WORDS = { call: 'Gọi điện', visit: 'Gặp trực tiếp', other: 'Cách khác' } as const
export const OUTCOME_WORDS = {
  reached: 'Đã nói chuyện được',
  no_answer: 'Không nghe máy',
  someone_else: 'Người khác nghe máy',
  no_calls: 'Xin đừng gọi nữa',
  met: 'Đã gặp trực tiếp',
  other: 'Khác',
} as const

/** Records a call or a visit. `today` and `nextDay` as the form's calendar writes them, `nextWords` as people do. */
export function contactForm(view: {
  path: string
  formId: string
  draft: ContactDraft
  open: boolean
  today: string
  nextWords: string
}): Markup {
  const { path, formId, draft, open, today, nextWords } = view
  const select = (name: string, label: string, of: Readonly<Record<string, string>>, chosen: string) =>
    html`<label for="contact_${name}">${label}</label>
<select id="contact_${name}" name="${name}" required><option value="">Chọn…</option>${Object.entries(of).map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`)}</select>`
  return html`<details id="lan-gap"${open ? html` open` : ''}><summary>Ghi cuộc gọi, lần gặp</summary>
<form method="post" action="${path}/contact" autocomplete="off"><input type="hidden" name="id" value="${formId}">
${select('kind', 'Liên lạc bằng cách nào', KIND_WORDS, draft.kind)}
${select('outcome', 'Kết quả liên lạc', OUTCOME_WORDS, draft.outcome)}
${select('next', 'Gọi lại', { none: 'Không hẹn gọi', next: `Ngày làm việc tới (${nextWords})`, day: 'Ngày khác, chọn dưới đây' }, draft.next)}
<label for="call_on">Ngày khác (chỉ khi chọn “Ngày khác”)</label>
<input id="call_on" name="call_on" type="date" min="${today}" value="${draft.callOn}">
<label for="contact_note">Ghi chú (không bắt buộc), chỉ cán bộ đọc</label>
<textarea id="contact_note" name="contact_note" rows="3" maxlength="2000">${draft.note}</textarea>
<p class="small">“Xin đừng gọi nữa” bỏ số này khỏi mọi danh sách gọi.</p>
<button class="second">Ghi lại</button></form></details>`
}
