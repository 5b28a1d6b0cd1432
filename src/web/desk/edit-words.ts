import type { Finding } from '../../app/editing.ts'
import type { Revision } from '../../store/content.ts'

export const AUDIENCES: Readonly<Record<string, string>> = {
  'hoc-sinh': 'Học sinh, sinh viên',
  'phu-huynh': 'Cha mẹ, người thân',
  'nguoi-lao-dong': 'Người lao động, quán xá',
  'nguoi-su-dung': 'Người đang dùng, đang điều trị',
  'sau-cai': 'Người sau cai',
  'moi-nguoi': 'Mọi người',
}
export const REVIEWERS: Readonly<Record<string, string>> = {
  '': 'chưa có ai ký',
  editor: 'biên tập',
  lawyer: 'luật sư',
  clinician: 'bác sĩ',
}
export const STATUSES: Readonly<Record<string, string>> = { draft: 'còn nháp', reviewed: 'đã có người ký' }
export const PRONOUNS = ['bạn', 'em', 'cháu', 'con', 'bác', 'cô', 'chú', 'anh', 'chị'] as const
export const CHANNEL_NAMES = { telegram: 'Telegram', zalo: 'Zalo', webchat: 'Trò chuyện trên web' } as const
export const PART_NAMES: Readonly<Record<string, string>> = { card: 'Thẻ', more: 'Đọc thêm' }

/** Where each field of a form stands, and how it is called, by what the checker names. */
const FIELDS: Readonly<Record<string, readonly [id: string, name: string]>> = {
  title: ['title', 'Tên bài'],
  audiences: ['audiences', 'Dành cho ai'],
  tags: ['tags', 'Nhóm'],
  questions: ['questions', 'Câu người ta hay hỏi'],
  quiz: ['quiz', 'Câu đố'],
  sources: ['sources', 'Nguồn'],
  as_of: ['asOf', 'Kiểm tra ngày'],
  written: ['written', 'Viết ngày'],
  reviewed: ['reviewedRole', 'Người ký'],
  review_by: ['reviewBy', 'Xem lại trước ngày'],
  status: ['status', 'Trạng thái'],
  '## card': ['card', 'Thẻ'],
  '## more': ['more', 'Đọc thêm'],
  '## loa': ['loa', 'Bài đọc loa'],
  '## ap-phich': ['poster', 'Dòng áp phích'],
}

export interface ShownFinding {
  /** The id of the field on the form; null for what is of no one field. */
  field: string | null
  where: string
  message: string
  error: boolean
}

/** A mistake as the page shows it: which field, which line of the file, and what to do. */
export function showFinding(unit: string, finding: Finding): ShownFinding {
  const { path, line, message, level } = finding
  const known = FIELDS[path] ?? FIELDS[path.split('.')[0] ?? '']
  const elsewhere = finding.file !== unit
  const name = elsewhere ? `ở tệp ${finding.file}` : (known?.[1] ?? path)
  const where = [name, line === undefined ? '' : `dòng ${line}`].filter((one) => one !== '').join(', ')
  return { field: elsewhere ? null : (known?.[0] ?? 'text'), where, message, error: level === 'error' }
}

export function stateWords({ state, approvedBy }: Pick<Revision, 'state' | 'approvedBy'>): string {
  switch (state) {
    case 'draft':
      return 'chờ người thứ hai duyệt'
    case 'live':
      return 'máy đang dùng'
    case 'replaced':
      return approvedBy === null ? 'đã có bản nháp sau' : 'đã dùng, nay có bản sau'
    case 'dropped':
      return 'đã bỏ, không dùng'
    case 'released':
      return 'đã vào tệp của bản phát hành'
    default:
      return state satisfies never
  }
}

/** `bai/qua-lieu` and `loi/chao` as the files they mean; null for anything else. */
export function unitOf(kind: string | undefined, slug: string | undefined): string | null {
  if (slug === undefined || !/^[a-z0-9-]+$/.test(slug)) return null
  if (kind === 'bai') return `content/vi/topics/${slug}.md`
  return kind === 'loi' ? `content/vi/${slug}.md` : null
}

/** The page on which a file is edited. */
export function pathOf(unit: string): string {
  const slug = unit.replace(/^.*\/|\.md$/g, '')
  return `/desk/noi-dung/sua/${unit.includes('/topics/') ? 'bai' : 'loi'}/${slug}`
}
