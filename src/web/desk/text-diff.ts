import { diffLines, diffWordsWithSpace } from 'diff'

export interface Piece {
  text: string
  kind: 'same' | 'added' | 'removed'
}

/** A line of a comparison; `gap`: so many lines that stayed as they were. */
export type DiffLine = { kind: 'same' | 'added' | 'removed'; pieces: readonly Piece[] } | { kind: 'gap'; count: number }

/** Unchanged lines shown around a change. */
const AROUND = 2

/** What became of a text, line by line, and in a line that was changed word by word. */
export function textDiff(before: string, after: string): readonly DiffLine[] {
  const blocks = diffLines(before, after)
  const lines: Exclude<DiffLine, { kind: 'gap' }>[] = []
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const next = blocks[i + 1]
    if (block.removed && next?.added) {
      lines.push(...changedLines(block.value, next.value))
      i++
    } else {
      const kind = block.added ? 'added' : block.removed ? 'removed' : 'same'
      lines.push(...linesOf(block.value).map((text) => ({ kind, pieces: [{ text, kind }] }) as const))
    }
  }
  return withGaps(lines)
}

/** Lines that stand for each other are compared by their words; of the rest each is all old or all new. */
function changedLines(before: string, after: string): Exclude<DiffLine, { kind: 'gap' }>[] {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  const paired = old.length === fresh.length
  if (!paired)
    return [
      ...old.map((text) => ({ kind: 'removed' as const, pieces: [{ text, kind: 'removed' as const }] })),
      ...fresh.map((text) => ({ kind: 'added' as const, pieces: [{ text, kind: 'added' as const }] })),
    ]
  return old.flatMap((line, i) => {
    const words = joined(diffWordsWithSpace(line, fresh[i]!))
    const side = (kind: 'added' | 'removed') => ({
      kind,
      pieces: merged(
        words
          .filter((word) => (kind === 'added' ? !word.removed : !word.added))
          .map((word): Piece => ({ text: word.value, kind: word.added || word.removed ? kind : 'same' })),
      ),
    })
    return [side('removed'), side('added')]
  })
}

type Change = { value: string; added?: boolean; removed?: boolean }

/** A space between two words that both changed belongs to the change: a phrase is read, not its pieces. */
function joined(words: readonly Change[]): readonly Change[] {
  const isSpace = ({ value, added, removed }: Change) => !added && !removed && value.trim() === ''
  const changed = (one: Change | undefined) => one !== undefined && (one.added === true || one.removed === true)
  return words.flatMap((word, i) =>
    isSpace(word) && changed(words[i - 1]) && changed(words[i + 1])
      ? [
          { value: word.value, removed: true },
          { value: word.value, added: true },
        ]
      : [word],
  )
}

function merged(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last?.kind === piece.kind) last.text += piece.text
    else runs.push({ ...piece })
  }
  return runs
}

function withGaps(lines: readonly Exclude<DiffLine, { kind: 'gap' }>[]): readonly DiffLine[] {
  const near = lines.map((_, i) =>
    lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ kind }) => kind !== 'same'),
  )
  const shown: DiffLine[] = []
  for (const [i, line] of lines.entries()) {
    const last = shown.at(-1)
    if (near[i]) shown.push(line)
    else if (last?.kind === 'gap') last.count += 1
    else shown.push({ kind: 'gap', count: 1 })
  }
  return shown
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}
