import type { z } from 'zod'

type Issue = z.core.$ZodIssue

const TYPES: Readonly<Record<string, string>> = {
  string: 'một dòng chữ',
  number: 'một con số',
  boolean: 'true hoặc false',
  array: 'một danh sách',
  object: 'một nhóm có tên',
  record: 'một nhóm có tên',
  null: 'null',
}

/** A schema's complaint in words that somebody who edits conversations, not code, can act on. */
export function explainIssue(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `Thiếu mục này: cần ${TYPES[issue.expected] ?? issue.expected}.`
      return `Cần ${TYPES[issue.expected] ?? issue.expected} ở đây.`
    case 'unrecognized_keys':
      return `Không có mục tên ${issue.keys.map(quote).join(', ')}. Có thể viết sai tên.`
    case 'invalid_value':
      return `Chỉ được dùng: ${issue.values.map((value) => quote(String(value))).join(', ')}.`
    case 'too_big':
      return `Quá dài hoặc quá lớn: nhiều nhất ${issue.maximum}.`
    case 'too_small':
      return `Quá ngắn hoặc quá nhỏ: ít nhất ${issue.minimum}.`
    case 'invalid_format':
      return isOurs(issue.message) ? issue.message : `Viết chưa đúng mẫu: ${quote(String(issue.input))}.`
    case 'invalid_key':
      return `Tên ${quote(String(issue.path.at(-1)))} chưa đúng mẫu: chỉ dùng chữ thường không dấu, số và gạch nối.`
    case 'invalid_union':
      return explainUnion(issue)
    case 'custom':
      return isOurs(issue.message) ? issue.message : 'Giá trị này chưa đúng.'
    case 'invalid_element':
    case 'not_multiple_of':
      return 'Giá trị này chưa đúng.'
    default:
      issue satisfies never
      return 'Giá trị này chưa đúng.'
  }
}

function explainUnion(issue: z.core.$ZodIssueInvalidUnion): string {
  const reasons = new Set(issue.errors.flatMap((errors) => errors.slice(0, 1).map(explainIssue)))
  return `Giá trị này chưa đúng. ${[...reasons].join(' Hoặc: ')}`
}

/** Messages written in a schema are Vietnamese; the library's own are English. */
function isOurs(message: string): boolean {
  return !/^Invalid /.test(message)
}

function quote(text: string): string {
  return `“${text}”`
}
