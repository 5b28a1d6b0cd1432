import { checkContent } from '../authoring/check-content.ts'
import { readDraft } from '../authoring/draft.ts'
import { printProblem, sortProblems } from '../authoring/problem.ts'

/**
 * `content -- check`: every problem of what people read, a line each, and how it ends: 1 with an error, 0 with notes
 * alone. `flows -- check` does this too, beside the flows.
 */
export function checkFiles(
  files: ReadonlyMap<string, string>,
  today: string,
): { lines: readonly string[]; code: 0 | 1 } {
  const draft = readDraft(files)
  const form = draft.problems.filter(({ file }) => file.startsWith('content/'))
  const problems = sortProblems([...form, ...checkContent(draft, today)])
  const errors = problems.filter(({ level }) => level === 'error').length
  const total = `Ngày kiểm tra: ${today}. ${errors} lỗi, ${problems.length - errors} lưu ý.`
  return { lines: [...problems.map(printProblem), total], code: errors > 0 ? 1 : 0 }
}
