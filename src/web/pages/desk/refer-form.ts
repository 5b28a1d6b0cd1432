import { html } from 'hono/html'
import { checks } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ReferDraft {
  /** `<place>|<kind>`. */
  place: string
  passes: readonly string[]
  /** `hoi`: the person is asked in the chat; `co`: they said yes to this member of staff. */
  said: string
}

/** Somebody is to be introduced to a place: which, what goes there, and what they said. */
export function referFormPage(view: {
  reader: Reader
  formId: string
  path: Markup | string
  back: string
  code: string
  draft: ReferDraft
  places: readonly Choice[]
  passes: readonly Choice[]
  /** Without a chat they can only be asked in person. */
  walkIn: boolean
  problem: string | null
}): Markup {
  const { draft, places } = view
  const said = (value: string, label: string) =>
    html`<label class="check"><input type="radio" name="said" value="${value}" required ${draft.said === value ? 'checked' : ''}> ${label}</label>`
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>${notice(view.problem)}
<h1>Giới thiệu đến nơi khác · ${view.code}</h1>
${
  places.length === 0
    ? html`<p>Chưa có nơi nào trong danh bạ. <a class="more" href="/desk/noi-dich-vu">Nơi dịch vụ</a></p>`
    : html`<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="place">Đến đâu, về việc gì</label><select id="place" name="place" required><option value="">Chọn…</option>${places.map((one) => html`<option value="${one.value}" ${one.value === draft.place ? 'selected' : ''}>${one.label}</option>`)}</select></p>
${checks({ name: 'passes', label: 'Chuyển cho nơi ấy đúng những điều này', of: view.passes, chosen: draft.passes })}
<fieldset><legend>Người ấy đã nói gì</legend>
${view.walkIn ? '' : said('hoi', 'Chưa hỏi: nhắn để người ấy tự trả lời')}
${said('co', 'Đã nghe tôi nói tên nơi ấy và từng điều được chuyển, và đồng ý')}</fieldset>
<p class="small">Không chuyển gì khác, và không nói vì sao người ấy đến. Trên phiếu chỉ có mã, tên nơi, địa chỉ và giờ. Không đồng ý thì người ấy không mất gì.</p>
<button>Gửi hoặc ghi</button></form>`
}`,
  })
}
