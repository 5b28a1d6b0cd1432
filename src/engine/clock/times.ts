import { find, type Syllable, syllables } from '../text.ts'
import { correcting } from './correction.ts'
import { digitsFor } from './numbers.ts'

/**
 * A time of day in minutes after midnight: 14:30, 2h, 2 giờ rưỡi chiều, 7 giờ kém 15, nửa đêm; the last one where the
 * text corrects itself. One to six o'clock without a part of the day is read as afternoon; the answer is always
 * confirmed back. Null when unclear.
 */
export function readTime(text: string): number | null {
  return correcting(text, (part) => timeIn(part, false))?.value ?? null
}

/** Before these a single word is a number: "chín giờ", "ba rưỡi", and after those: "giờ kém năm". */
const UNIT = new Set(['gio', 'h', 'g', 'ruoi', 'phut', 'p'])
const besideTime = (before: string, after: string) => UNIT.has(after) || before === 'kem' || /^(?:gio|h)$/.test(before)

/** Days and dates, whose numbers are no hours. */
const DAYS =
  /\b(?:thu [2-7]|t[2-7]|ngay \d{1,2}(?: thang \d{1,2})?(?: nam \d{2,4})?|(?:mung|mong|hom) \d{1,2}|thang \d{1,2}|\d{1,2} thang \d{1,2}|\d{1,2} (?:ngay|hom|bua|tuan|thang) nua|\d{1,2} tay|lop \d{1,2}|\d{1,3} tuoi)\b/g
/** With its hour named: "7 h 30", "7 h ruoi", "7 h kem 15"; else a number alone. */
const NAMED = /(?<!\d)(\d{1,2}) h(?: (ruoi|kem \d{1,2}|\d{1,2}(?= (?:p|phut|ph)\b)|\d{2}))?(?:p|ph)?(?!\d)/
const HALF = /(?<!\d)(\d{1,2}) (ruoi)\b/
const PLAIN = /(?<!\d)(\d{1,2})(?: (\d{2}))?(?!\d)/

/**
 * The time a part of a text names.
 *
 * @param beside a date stands beside it, so that a number alone is no hour
 */
export function timeIn(part: readonly Syllable[], beside: boolean): number | null {
  const says = (...phrases: readonly string[]) => phrases.some((phrase) => find(part, syllables(phrase)) !== 'none')
  const plain = digitsFor(part, besideTime)
    .replace(/(\d) ?(?:gio|h|g)(?=\d|\b)/g, '$1 h ')
    .replace(/ {2,}/g, ' ')
  const hours = plain.replace(DAYS, ' ')
  const found = NAMED.exec(plain) ?? HALF.exec(hours) ?? (beside ? null : PLAIN.exec(hours))
  if (!found) {
    if (says('nửa đêm')) return 0
    return says('giữa trưa', 'đúng trưa', 'chính trưa') ? 720 : null
  }
  if (Number(found[1]) > 24) return null
  const tail = found[2] ?? ''
  const minutes = tail === 'ruoi' ? 30 : tail.startsWith('kem') ? -Number(tail.slice(4)) : Number(tail)
  if (Math.abs(minutes) > 59) return null
  return (((partOfDay(Number(found[1]) % 24, part, plain) * 60 + minutes) % 1440) + 1440) % 1440
}

/** The hour on the 24-hour clock. */
function partOfDay(hour: number, typed: readonly Syllable[], plain: string): number {
  const says = (word: string) => find(typed, syllables(word)) !== 'none'
  // "toi" without its mark is as often "tôi".
  const evening =
    find(typed, syllables('tối')) === 'exact' ||
    (/\btoi\b/.test(plain.replace(/\b(?:cho|goi|cua|voi|so|nhan|tuan|thang) toi\b/g, '')) && says('tối'))
  if (hour > 12) return hour
  if (says('đêm') || says('khuya')) return hour === 12 ? 0 : hour >= 6 ? hour + 12 : hour
  if (says('sáng') || /(?:\d|\b)am\b/.test(plain)) return hour === 12 ? 0 : hour
  if (evening) return hour === 12 ? 0 : hour + 12
  if (says('chiều') || /(?:\d|\b)pm\b/.test(plain)) return hour === 12 ? 12 : hour + 12
  if (says('trưa')) return hour <= 3 ? hour + 12 : hour
  return hour >= 1 && hour <= 6 ? hour + 12 : hour
}
