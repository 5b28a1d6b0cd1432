import { compare, particle, type Syllable, syllables } from '../text.ts'

const words = (list: string) =>
  list.split(' ').map((pair) => {
    const [word = '', value = ''] = pair.split('=')
    return { word: syllables(word)[0]!, value: Number(value) }
  })
const UNITS = words(
  'không=0 một=1 hai=2 ba=3 bốn=4 tư=4 năm=5 sáu=6 bảy=7 bẩy=7 tám=8 chín=9 mốt=1 lăm=5 nhăm=5 mười=10',
)
const SCALES = words('nghìn=1000 ngàn=1000 triệu=1000000 củ=1000000 tỷ=1000000000 tỉ=1000000000')
const [TEN, TENS, DOZEN, HUNDRED, ODD, ODDER, HALF] = syllables('mười mươi chục trăm linh lẻ rưỡi') as [
  Syllable, Syllable, Syllable, Syllable, Syllable, Syllable, Syllable,
] // biome-ignore format: seven words
const LARGEST = 999_999_999_999

const is = (typed: Syllable | undefined, word: Syllable) => typed !== undefined && compare(typed, word) !== 'none'
const valueIn = (list: typeof UNITS, typed: Syllable | undefined) =>
  typed && list.find(({ word }) => compare(typed, word) !== 'none')?.value
/** Bare, these are everyday words; where the text has marks, one without is that word: "sau giờ làm" names no hour. */
const EVERYDAY = new Set(['sau', 'nam', 'bay', 'tam', 'chin', 'mot', 'bon', 'muoi', 'lam', 'nham'])
const plain = (typed: readonly Syllable[]) => {
  const marked = typed.some((one) => one.marked !== one.bare)
  return (one: Syllable | undefined) => marked && one !== undefined && one.marked === one.bare && EVERYDAY.has(one.bare)
}

/** The number one syllable stands for: digits, or a word whose marks, where typed, agree ("bà" is not three). */
export function numberWord(syllable: Syllable): number | null {
  if (/^\d{1,9}$/.test(syllable.bare)) return Number(syllable.bare)
  return valueIn(UNITS, syllable) ?? null
}

/** A number and how many syllables it takes. */
export interface Spelled {
  value: number
  length: number
}

/**
 * The number that begins at a place of a text: digits ("20", "10k", "2tr"), or words up to thousands of millions ("hai
 * mươi mốt", "ba trăm linh năm", "một triệu rưỡi"), with or without marks.
 */
export function numberAt(typed: readonly Syllable[], from: number): Spelled | null {
  let [at, total] = [from, 0]
  for (let scale = Number.POSITIVE_INFINITY; ; ) {
    const digits = at === from ? digitsAt(typed[at]) : null
    const group = digits === null ? below1000(typed, at) : { value: digits, length: 1 }
    if (!group) break
    const next = valueIn(SCALES, typed[at + group.length])
    if (next !== undefined && next >= scale) break
    at += group.length
    total += group.value * (next ?? 1)
    if (next === undefined) break
    scale = next
    at++
    if (is(typed[at], HALF)) {
      total += next / 2
      at++
      break
    }
  }
  return at === from || total > LARGEST ? null : { value: total, length: at - from }
}

const SHORT: Readonly<Record<string, number>> = { '': 1, k: 1_000, tr: 1_000_000, m: 1_000_000 }

function digitsAt(typed: Syllable | undefined): number | null {
  const found = /^(\d{1,9})(k|tr|m)?$/.exec(typed?.bare ?? '')
  return found ? Number(found[1]) * SHORT[found[2] ?? '']! : null
}

/** "ba trăm linh năm", "hai trăm rưỡi", "bốn mươi". */
function below1000(typed: readonly Syllable[], from: number): Spelled | null {
  const hundreds = valueIn(UNITS, typed[from])
  if (hundreds === undefined || !is(typed[from + 1], HUNDRED)) return below100(typed, from)
  let at = from + 2
  if (is(typed[at], HALF)) return { value: hundreds * 100 + 50, length: 3 }
  if (is(typed[at], ODD) || is(typed[at], ODDER)) at++
  const rest = below100(typed, at)
  return { value: hundreds * 100 + (rest?.value ?? 0), length: at - from + (rest?.length ?? 0) }
}

/** "mười lăm", "hai mươi mốt", "ba chục". */
function below100(typed: readonly Syllable[], from: number): Spelled | null {
  const unit = valueIn(UNITS, typed[from])
  if (unit === undefined) return null
  const after = (at: number) => {
    const ones = valueIn(UNITS, typed[at])
    return ones !== undefined && ones > 0 && ones < 10 ? ones : null
  }
  if (is(typed[from], TEN)) {
    const ones = after(from + 1)
    return ones === null ? { value: 10, length: 1 } : { value: 10 + ones, length: 2 }
  }
  if (is(typed[from + 1], DOZEN)) return { value: 10 * unit, length: 2 }
  if (!is(typed[from + 1], TENS)) return { value: unit, length: 1 }
  const ones = after(from + 2)
  return ones === null ? { value: 10 * unit, length: 2 } : { value: 10 * unit + ones, length: 3 }
}

/** Words that are counted: before one of them a small number in words is meant as one. */
const COUNTED = new Set(
  syllables('lần ngày tháng năm tuần giờ người con tuổi viên cái đứa nghìn triệu đồng buổi bữa hôm').map((s) => s.bare),
)

/** The only whole number of a short text ("2", "hai", "khoảng ba lần ạ"); null when there is none, or more than one. */
export function readNumber(text: string): number | null {
  const all = syllables(text.slice(0, 200))
  const isPlain = plain(all)
  const typed = all.filter((one) => !particle(one))
  if (typed.length === 1) return digitsAt(typed[0]) ?? numberWord(typed[0]!)
  if (typed.length > 8) return null
  const found: { value: number; sure: boolean }[] = []
  for (let at = 0; at < typed.length; ) {
    const spelled = isPlain(typed[at]) ? null : numberAt(typed, at)
    // "Không" is seldom a nought.
    if (spelled && (spelled.value > 0 || typed[at]!.bare !== 'khong')) {
      const after = typed[at + spelled.length]
      const counted = after !== undefined && COUNTED.has(after.bare)
      found.push({ value: spelled.value, sure: /^\d/.test(typed[at]!.bare) || spelled.length > 1 || counted })
    }
    at += spelled?.length ?? 1
  }
  return found.length === 1 && found[0]!.sure ? found[0]!.value : null
}

/** A text folded, with the numbers written in words as digits; a single word only where `near` allows it. */
export function digitsFor(typed: readonly Syllable[], near: (before: string, after: string) => boolean): string {
  const out: string[] = []
  const isPlain = plain(typed)
  for (let at = 0; at < typed.length; ) {
    const spelled = /^\d/.test(typed[at]!.bare) || isPlain(typed[at]) ? null : numberAt(typed, at)
    if (spelled && (spelled.length > 1 || near(out.at(-1) ?? '', typed[at + 1]?.bare ?? ''))) {
      out.push(String(spelled.value))
      at += spelled.length
    } else out.push(typed[at++]!.bare)
  }
  return out.join(' ')
}
