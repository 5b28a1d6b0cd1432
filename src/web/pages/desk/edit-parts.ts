import { html } from 'hono/html'
import type { Markup } from '../layout.ts'

export interface FindingItem {
  field: string | null
  where: string
  message: string
  error: boolean
}

/** What the rules say of a text; each leads to its field where there is one. */
export function findingList(findings: readonly FindingItem[], linked: boolean): Markup {
  if (findings.length === 0) return html``
  const item = ({ field, where, message, error }: FindingItem) =>
    html`<li>${error ? html`<b>Cần sửa</b>` : 'Lưu ý'} · ${linked && field !== null ? html`<a href="#${field}">${where}</a>` : where}: ${message}</li>`
  const errors = findings.filter(({ error }) => error).length
  return html`<section class="findings" aria-label="Điều cần sửa"><h2>${errors > 0 ? html`${errors} chỗ cần sửa trước khi duyệt` : 'Lưu ý'}</h2><ul class="plain">${findings.toSorted((a, b) => Number(b.error) - Number(a.error)).map(item)}</ul></section>`
}

export type DiffRow =
  | {
      kind: 'same' | 'added' | 'removed'
      pieces: readonly { text: string; kind: 'same' | 'added' | 'removed' }[]
    }
  | { kind: 'gap'; count: number }

const SIGNS = { same: '', added: 'Thêm: ', removed: 'Bỏ: ' } as const

/** A comparison that also tells a screen reader what was added and what went. */
export function diffList(rows: readonly DiffRow[]): Markup {
  if (rows.every(({ kind }) => kind === 'same' || kind === 'gap'))
    return html`<p class="small">Không có chữ nào khác.</p>`
  return html`<ul class="diff">${rows.map((row) =>
    row.kind === 'gap'
      ? html`<li class="gap">… ${row.count} dòng giữ nguyên …</li>`
      : html`<li class="${row.kind}"><span class="sign">${SIGNS[row.kind]}</span>${row.pieces.map(({ text, kind }) => (kind === 'added' ? html`<ins>${text}</ins>` : kind === 'removed' ? html`<del>${text}</del>` : text))}</li>`,
  )}</ul>`
}
