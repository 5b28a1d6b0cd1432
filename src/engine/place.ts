import type { Id } from './content.ts'
import type { Commune, Directory } from './facts.ts'
import { find, fold, type Syllable, syllables } from './text.ts'

export type Place =
  | { type: 'commune'; id: Id }
  /** Several communes carry this name, or were made of a district of this name. */
  | { type: 'several'; communes: readonly Id[] }
  /** A province says too little: the commune is asked for. */
  | { type: 'province' }
  | { type: 'unknown' }
  | { type: 'nothing' }

const MOST = 12

/** "Xã khác", "nơi khác đi ạ": another place is wanted, and none is named. */
const ELSEWHERE = /^(?:\S+ )?(?:xa|phuong|noi|cho|dia chi|diem|xa phuong)(?: phuong)? khac(?: \S+){0,2}$/

/** The commune a text names, by its present name or one people still write, with or without marks and kind. */
export function readPlace(text: string, directory: Pick<Directory, 'communes'>): Place {
  const typed = readTyped(text)
  if (!/[a-z]/.test(typed.folded) || ELSEWHERE.test(typed.folded)) return { type: 'nothing' }
  const ranked = foldAll(directory.communes)
    .map((commune, order) => ({ commune, order, score: score(commune, typed) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || rank(b.commune, typed) - rank(a.commune, typed) || a.order - b.order)
  const best = ranked[0]
  if (!best) return { type: namesProvince(directory, typed) ? 'province' : 'unknown' }
  const equal = ranked.filter((one) => one.score === best.score)
  if (equal.length === 1) return { type: 'commune', id: best.commune.id }
  return { type: 'several', communes: equal.slice(0, MOST).map(({ commune }) => commune.id) }
}

interface Typed {
  syllables: readonly Syllable[]
  folded: string
  /** What stands between commas: "Lóng Sập, Sơn La" names two things. */
  parts: readonly Name[]
}

function readTyped(text: string): Typed {
  const near = text.slice(0, 400)
  return { syllables: syllables(near), folded: fold(near), parts: near.split(/[,;\n]/).map(bareName) }
}

interface Name {
  /** Folded, without its kind. */
  name: string
  syllables: readonly Syllable[]
  kind: 'commune' | 'district' | 'province' | null
}

interface Folded {
  id: Id
  own: Name
  province: Name
  /** Communes and districts by which it may be called, its own name first. */
  names: readonly Name[]
  /** Older names of its province, written in the directory as "tỉnh …". */
  older: readonly Name[]
}

const folded = new WeakMap<readonly Commune[], readonly Folded[]>()

function foldAll(communes: readonly Commune[]): readonly Folded[] {
  let list = folded.get(communes)
  if (!list) {
    list = communes.map((commune) => {
      const own = bareName(commune.name)
      const all = [own, ...commune.aliases.map(bareName)]
      const [older, names] = [
        all.filter(({ kind }) => kind === 'province'),
        all.filter(({ kind }) => kind !== 'province'),
      ]
      return { id: commune.id, own, province: bareName(commune.province), names, older }
    })
    folded.set(communes, list)
  }
  return list
}

/** Kinds written before a name, by what they name. The unmarked forms need two more syllables ("Phương Viên"). */
const KINDS: readonly (readonly [Name['kind'], RegExp])[] = [
  ['commune', /^(?:(?:xã|phường|thị trấn|đặc khu)\s+|(?:p|x|tt)\.\s*|(?:xa|phuong|thi tran|dac khu)\s+(?=\S+\s+\S))/],
  ['district', /^(?:(?:thành phố|thị xã|huyện|quận)\s+|(?:tp|tx|h|q)\.\s*|(?:tp|tx|thanh pho|thi xa|huyen)\s+)/],
  ['province', /^(?:(?:tỉnh)\s+|tinh\s+(?=\S+\s+\S))/],
]

/** Taken off before folding, so that a name that looks like a kind once its marks are gone stays whole. */
function bareName(text: string): Name {
  const plain = text.normalize('NFC').toLowerCase().trim()
  for (const [kind, shape] of KINDS) {
    const rest = plain.replace(shape, '')
    if (rest !== plain && rest !== '') return { name: fold(rest), syllables: syllables(rest), kind }
  }
  return { name: fold(plain), syllables: syllables(plain), kind: null }
}

/**
 * How surely a commune is meant: a part of the text is one of its names, or a name stands inside, where marks that
 * were typed are trusted ("có mà" is not Co Mạ). A name of one syllable says too little inside a sentence; the
 * province only breaks a tie.
 */
function score(commune: Folded, typed: Typed): number {
  const inside = (name: Name) => name.syllables.length > 1 && find(typed.syllables, name.syllables) !== 'none'
  const parts = typed.parts.filter((part) => commune.names.some((name) => isWhole(name, part, commune.province)))
  const found = new Set(
    commune.names.filter((name) => name.name !== commune.province.name && inside(name)).map(({ name }) => name),
  )
  if (parts.length === 0 && found.size === 0) return 0
  return 3 * parts.length + found.size + ([commune.province, ...commune.older].some(inside) ? 0.1 : 0)
}

/** "Xã Giao Thủy" is the commune; "Giao Thủy" may be any commune of the old district. */
function isWhole(name: Name, part: Name, province: Name): boolean {
  if (name.name !== part.name || part.kind === 'province') return false
  if (part.kind === null) return name.name !== province.name
  return !(part.kind === 'commune' && name.kind === 'district')
}

/** Among equals the commune that kept the name comes first. */
function rank(commune: Folded, typed: Typed): number {
  return Number(` ${typed.folded} `.includes(` ${commune.own.name} `))
}

function namesProvince(directory: Pick<Directory, 'communes'>, typed: Typed): boolean {
  return foldAll(directory.communes).some(({ province, older }) =>
    [province, ...older].some(
      (name) => find(typed.syllables, name.syllables) !== 'none' || typed.parts.some((part) => part.name === name.name),
    ),
  )
}
