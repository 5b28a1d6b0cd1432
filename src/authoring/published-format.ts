import type { Flow } from '../engine/book.ts'
import type { Place, Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import { revisionOf } from './revision.ts'

/** Where people inside a withdrawn revision go on: another node of the flow as it is now, or a human. */
export interface Withdrawn {
  to: Readonly<Record<string, string>>
  else: 'human'
}

/** A compiled structure that people may still be inside. Written by a machine, never by hand. */
export interface Published {
  flow: Flow
  withdrawn: Withdrawn | null
}

export interface PublishedSource extends Published {
  place: Place
}

export function readPublished(
  id: string,
  revision: string,
  file: string,
  text: string,
  problems: Problem[],
): PublishedSource | undefined {
  const place = { file, path: '' }
  const complain = (message: string) => {
    problems.push(problemAt(place, message))
    return undefined
  }
  const value = parse(text)
  if (value === undefined)
    return complain('Không đọc được tệp đã công bố này. Hãy lấy lại bản trong kho, đừng sửa tay.')
  const { flow, withdrawn } = value
  if (flow.id !== id || flow.revision !== revision)
    return complain('Tên tệp không khớp với luồng và bản ghi bên trong.')
  if (revisionOf(flow.start, flow.nodes) !== revision)
    return complain('Nội dung đã bị sửa sau khi công bố. Hãy lấy lại bản cũ.')
  return { flow, withdrawn, place }
}

export function printPublished(published: Published): string {
  return `${JSON.stringify({ flow: published.flow, withdrawn: published.withdrawn }, null, 2)}\n`
}

function parse(text: string): Published | undefined {
  try {
    const value = JSON.parse(text) as Partial<Published> | null
    const flow = value?.flow
    if (typeof flow?.id !== 'string' || typeof flow.start !== 'string' || typeof flow.nodes !== 'object')
      return undefined
    return { flow, withdrawn: value?.withdrawn ?? null }
  } catch {
    return undefined
  }
}
