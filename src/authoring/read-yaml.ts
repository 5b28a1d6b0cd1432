import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { explainIssue } from './explain-issue.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'

export type YamlPath = readonly (string | number)[]

/** A YAML text that remembers where each value was written. */
export interface YamlFile {
  file: string
  /** Undefined when the text is not YAML at all. */
  value: unknown
  place(path: YamlPath): Place
  problems: readonly Problem[]
}

/** `skipped` is the number of lines before `text` in its file (front matter starts at line 2). */
export function readYaml(file: string, text: string, skipped = 0): YamlFile {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false })
  const lineAt = (offset: number) => counter.linePos(offset).line + skipped
  const place = (path: YamlPath): Place => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return { file, path: path.join('.'), line: lineAt(node.range[0]) }
    }
    return { file, path: path.join('.') }
  }
  const problems = document.errors.map((error) => ({
    ...problemAt({ file, path: 'YAML' }, explainYamlError(error.code, error.message)),
    line: lineAt(error.pos[0]),
  }))
  return { file, value: problems.length > 0 ? undefined : (document.toJS() as unknown), place, problems }
}

/** The value at a path as the schema wants it, or undefined and the reasons why not. */
export function shape<T>(
  schema: z.ZodType<T>,
  yaml: YamlFile,
  path: YamlPath,
  value: unknown,
  problems: Problem[],
): T | undefined {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    const inner = issue.path.filter((part) => typeof part !== 'symbol')
    problems.push(problemAt(yaml.place([...path, ...inner]), explainIssue(issue)))
  }
  return undefined
}

function explainYamlError(code: string, message: string): string {
  switch (code) {
    case 'DUPLICATE_KEY':
      return 'Một tên được viết hai lần trong cùng một nhóm. Hãy bỏ bớt một.'
    case 'TAB_AS_INDENT':
      return 'Thụt dòng bằng phím Tab. Hãy dùng dấu cách.'
    case 'BAD_INDENT':
      return 'Thụt dòng chưa đúng: các dòng cùng cấp phải thẳng hàng.'
    default:
      return `Không đọc được YAML ở đây (${message.split('\n')[0]}). Nếu câu có dấu hai chấm, hãy đặt cả câu trong dấu ngoặc kép.`
  }
}
