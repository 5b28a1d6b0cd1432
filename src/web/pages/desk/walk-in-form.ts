import { html } from 'hono/html'
import { choice, field, hidden, trouble } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, type Reader } from './frame.ts'
import { formNames } from './walk-in-words.ts'

/** The sentence below as it stands: a change of it is a new version. */
export const CONSENT_VERSION = '2026-11-25'

export function consentWords(retentionDays: number, operator: string): string {
  return `Tôi xin phép ghi lại vài điều để điểm tư vấn liên lạc được với mình: cách gọi, số điện thoại nếu có, giờ gọi được. Người đọc được là cán bộ tư vấn của điểm và tuyến trên thuộc ${operator}. Hồ sơ giữ tối đa ${retentionDays} ngày kể từ lần gặp hoặc nói chuyện gần nhất. Mình có thể xin xoá bất cứ lúc nào. Không đồng ý thì điểm vẫn tiếp mình như thường. Mình có đồng ý không?`
}

/** Everything as typed: nothing is lost when something in it is wrong. */
export interface WalkInDraft {
  point: string
  called: string
  pronoun: string
  phone: string
  hours: string
  call_time: string
  cover: string
  cover_words: string
  language: string
  note: string
  call_on: string
  consent: string
}

/** Writes down somebody who came by. */
export function walkInFormPage(view: {
  reader: Reader
  formId: string
  draft: WalkInDraft
  points: readonly { value: string; label: string }[]
  consent: string
  today: string
  problem: string | null
}): Markup {
  const { draft, points, problem } = view
  const blank = { value: '', label: 'Chưa chọn' }
  return deskPage({
    reader: view.reader,
    tab: 'people',
    self: '/desk/people/new',
    main: html`<div class="desk-one"><h1>Ghi người đến trực tiếp</h1>
${trouble(problem)}
<p>Chỉ ghi điều cần để liên lạc. <b>Không ghi gì về ma tuý</b>: dùng hay không, chất gì, tiền sử, bệnh. Không ghi số giấy tờ.</p>
<form method="post" action="/desk/people/new" autocomplete="off" novalidate>
${hidden('id', view.formId)}
${points.length === 1 ? hidden('point', points[0]!.value) : choice({ name: 'point', label: 'Điểm giữ hồ sơ', of: [blank, ...points], value: draft.point })}
${field({ name: 'called', label: 'Gọi người này là gì', autocomplete: 'off', value: draft.called, required: false, hint: 'Tên hay biệt danh họ muốn, hoặc để trống.' })}
${pick('pronoun', 'Họ xưng là', formNames.pronouns, draft.pronoun)}
${field({ name: 'phone', label: 'Số điện thoại', autocomplete: 'off', value: draft.phone, required: false, numeric: true, hint: 'Không bắt buộc. Có số thì điền cả ba mục dưới.' })}
${pick('hours', 'Giờ gọi an toàn', formNames.hours, draft.hours)}
${field({ name: 'call_time', label: 'Giờ cụ thể', autocomplete: 'off', value: draft.call_time, required: false, hint: 'Chỉ khi chọn “một giờ cụ thể”. Ví dụ 14:30.' })}
${pick('cover', 'Nếu người khác nghe máy', formNames.cover, draft.cover)}
${field({ name: 'cover_words', label: 'Câu sẽ nói', autocomplete: 'off', value: draft.cover_words, required: false, hint: 'Chỉ khi chọn “nói câu khác”.' })}
<p class="field"><label for="call_on">Ngày gọi đầu tiên</label><input id="call_on" name="call_on" type="date" min="${view.today}" value="${draft.call_on}" aria-describedby="call_on-hint"><span class="small" id="call_on-hint">Để trống: ngày làm việc tới của điểm.</span></p>
${field({ name: 'language', label: 'Ngôn ngữ khác tiếng Việt, nếu cần', autocomplete: 'off', value: draft.language, required: false })}
<p class="field"><label for="note">Ghi chú để liên lạc</label><textarea id="note" name="note" rows="3" maxlength="2000" aria-describedby="note-hint">${draft.note}</textarea><span class="small" id="note-hint">Ví dụ: hẹn ghé lại chiều thứ Năm. Không ghi điều ở dòng in đậm phía trên.</span></p>
<fieldset class="consent"><legend>Đọc to câu này, rồi hỏi</legend>
<p class="words">“${view.consent}”</p>
<label class="check"><input type="checkbox" name="consent" value="${CONSENT_VERSION}" ${draft.consent === CONSENT_VERSION ? 'checked' : ''}> Người này đã nghe và nói đồng ý</label>
<p class="small">Bản câu xin phép: ${CONSENT_VERSION.split('-').reverse().join('/')}. Không đồng ý thì bạn rời trang này, không có gì được lưu.</p></fieldset>
<button>Lưu</button></form></div>`,
  })
}

function pick(name: string, label: string, of: Readonly<Record<string, string>>, chosen: string): Markup {
  return html`<p class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}"><option value="">Chưa chọn</option>${Object.entries(of).map(([value, words]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`)}</select></p>`
}
