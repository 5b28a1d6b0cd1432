/** A mistake of an author. The message is read by editors at the points: plain Vietnamese, what and how to fix. */
export interface Problem {
  /** Path inside the project, e.g. `flows/chao/flow.yaml`. */
  file: string
  /** A YAML path such as `nodes.chon.next`, or a heading such as `## hoi-xa`. */
  path: string
  line?: number
  message: string
  /** A warning never stops the service. */
  level: 'error' | 'warning'
}

/** Where something was written, so that a problem found later can point at it. */
export interface Place {
  file: string
  path: string
  line?: number
}

export function problemAt(place: Place, message: string, level: Problem['level'] = 'error'): Problem {
  return { ...place, message, level }
}

export function warningAt(place: Place, message: string): Problem {
  return problemAt(place, message, 'warning')
}

export function printProblem(problem: Problem): string {
  const line = problem.line === undefined ? '' : `(dòng ${problem.line})`
  const where = [problem.path, line].filter((part) => part !== '').join(' ')
  const note = problem.level === 'warning' ? 'lưu ý: ' : ''
  return [problem.file, where, note + problem.message].filter((part) => part !== '').join(': ')
}

/** By file, then line: the order in which an editor walks through them. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0))
}
