import { html } from 'hono/html'
import { checks } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ClubDraft {
  name: string
  commune: string
  about: string
  place: string
  capacity: string
  number: string
  day: string
  board: string
  keepers: readonly string[]
}

/** A club is entered in the register, or its entry corrected. */
export function clubFormPage(view: {
  reader: Reader
  formId: string
  path: string
  isNew: boolean
  draft: ClubDraft
  accounts: readonly Choice[]
  problem: string | null
}): Markup {
  const { draft, accounts } = view
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`<p><a class="back" href="/desk/clb">← Câu lạc bộ</a></p>${notice(view.problem)}
<h1>${view.isNew ? 'Ghi câu lạc bộ mới' : 'Sửa câu lạc bộ'}</h1>
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="name">Tên câu lạc bộ</label><input id="name" name="name" type="text" maxlength="120" required value="${draft.name}"></p>
<p class="field"><label for="commune">Xã, phường</label><input id="commune" name="commune" type="text" required value="${draft.commune}" aria-describedby="commune-hint"><span class="small" id="commune-hint">Tên mới hay tên cũ đều được; thêm tên tỉnh nếu trùng.</span></p>
<div class="days"><p class="field"><label for="number">Quyết định thành lập số</label><input id="number" name="number" type="text" maxlength="60" value="${draft.number}"></p>
<p class="field"><label for="day">Ngày quyết định</label><input id="day" name="day" type="date" value="${draft.day}"></p></div>
<p class="field"><label for="place">Nơi thường gặp</label><input id="place" name="place" type="text" maxlength="200" value="${draft.place}"></p>
<p class="field"><label for="capacity">Số chỗ thường có (để trống là không giới hạn)</label><input id="capacity" name="capacity" type="text" inputmode="numeric" value="${draft.capacity}"></p>
<p class="field"><label for="board">Ban chủ nhiệm theo quyết định (mỗi dòng một người: tên, chức)</label><textarea id="board" name="board" rows="4">${draft.board}</textarea></p>
${accounts.length === 0 ? html`<p class="small">Chưa có tài khoản nào mang vai trò “Ban chủ nhiệm câu lạc bộ”. Mời ở mục “Cán bộ”, rồi chọn ở đây.</p>` : checks({ name: 'keepers', label: 'Ai trong ban dùng được bàn trực (chỉ thấy câu lạc bộ này)', of: accounts, chosen: draft.keepers })}
<p class="field"><label for="about">Vài lời về câu lạc bộ</label><textarea id="about" name="about" rows="2" maxlength="500">${draft.about}</textarea></p>
<button>Lưu</button></form>`,
  })
}

/** Somebody is asked whether they wish to belong to a club, or has said so. */
export function clubInvitePage(view: {
  reader: Reader
  formId: string
  query: Markup | string
  back: string
  code: string
  clubs: readonly Choice[]
  groups: readonly Choice[]
  draft: { club: string; group: string; said: string; name: string; followUp: boolean }
  walkIn: boolean
  problem: string | null
}): Markup {
  const { draft } = view
  const option = (value: string, label: string) =>
    html`<label class="check"><input type="radio" name="said" value="${value}" required ${draft.said === value ? 'checked' : ''}> ${label}</label>`
  const select = (name: string, label: string, of: readonly Choice[], value: string) =>
    html`<p class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}" required><option value="">Chọn…</option>${of.map((one) => html`<option value="${one.value}" ${one.value === value ? 'selected' : ''}>${one.label}</option>`)}</select></p>`
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>${notice(view.problem)}
<h1>Mời vào câu lạc bộ · ${view.code}</h1>
<form method="post" action="/desk/clb/nguoi?${view.query}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
${select('club', 'Câu lạc bộ', view.clubs, draft.club)}
${select('group', 'Nhóm theo luật (ban chủ nhiệm không bao giờ thấy)', view.groups, draft.group)}
<fieldset><legend>Người ấy đã nói gì</legend>
${view.walkIn ? '' : option('moi', 'Chưa hỏi: nhắn lời mời để người ấy tự trả lời')}
${option('co', 'Đã đồng ý vào câu lạc bộ khi nói chuyện với tôi')}</fieldset>
<p class="field"><label for="name">Câu lạc bộ gọi người ấy là gì (khi đã đồng ý; không cần tên thật)</label><input id="name" name="name" type="text" maxlength="60" value="${draft.name}"></p>
<label class="check"><input type="checkbox" name="follow" value="yes" ${draft.followUp ? 'checked' : ''}> Người ấy muốn được hỏi thăm nếu vắng</label>
<p class="small">Lời mời gửi đi không nói gì về câu lạc bộ trên màn hình khoá. Không ai bị ghi là hội viên khi chưa tự nói có.</p>
<button>Gửi hoặc ghi</button></form>`,
  })
}
